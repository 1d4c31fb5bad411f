using System.Runtime.Versioning;
using System.Text.Json;
using System.Text;
using Actors.Host.Control;
using Actors.Zmtp;

namespace Host.Tests.Control;

[UnsupportedOSPlatform("windows")]
public sealed class ControlServerTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("control").FullName;
    private readonly List<string> _warnings = [];
    private readonly ControlServer _server;
    private int _answered;

    public ControlServerTests()
    {
        _server = ControlServer.Open(
            ControlFolder.SocketOf(_folder, 1),
            (request, _) =>
            {
                Interlocked.Increment(ref _answered);
                return request.Verb == "throw" ? throw new InvalidOperationException("out of order") : Task.FromResult(ControlReply.Failed(request.Verb, new string('x', 1000)));
            },
            _warnings.Add,
            TimeProvider.System);
    }

    private string Endpoint => $"ipc://{_server.Path}";

    public void Dispose()
    {
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>The error in the reply to one message of a REQ socket.</summary>
    private ControlError Ask(params string[] frames)
    {
        using var client = new RequestSocket();
        client.Options.Linger = TimeSpan.Zero;
        client.Connect(Endpoint);
        client.TrySend([.. frames.Select(Bytes)]);
        Assert.True(client.Poll(PollEvents.PollIn, s_patience).HasFlag(PollEvents.PollIn), $"no reply to {string.Join(" | ", frames)}");
        Assert.True(client.TryReceive(out var json, out _));
        return JsonSerializer.Deserialize(json, ControlJson.Default.ControlReply)!.Error!;
    }

    [Fact]
    public void The_socket_is_for_its_user_alone() => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_server.Path));

    [Fact]
    public void The_socket_is_gone_when_the_host_has_ended()
    {
        _server.Dispose();

        Assert.False(File.Exists(_server.Path));
    }

    [Fact]
    public void A_request_is_answered() => Assert.Equal("ps", Ask("""{"version":1,"verb":"ps","later":[1]}""").Code);

    [Theory]
    [InlineData("malformed", "no JSON")]
    [InlineData("malformed", "[1]")]
    [InlineData("malformed", "{}")]
    [InlineData("malformed", """{"version":1}""")]
    [InlineData("malformed", """{"version":1,"verb":null}""")]
    [InlineData("malformed", """{"version":"1","verb":"ps"}""")]
    [InlineData("version", """{"version":2,"action":"ps"}""")]
    [InlineData("version", """{"version":1e300,"verb":"ps"}""")]
    public void A_request_that_cannot_be_understood_is_told_why(string code, string request)
    {
        Assert.Equal(code, Ask(request).Code);
        Assert.Equal(0, _answered);
    }

    [Fact]
    public void A_request_of_two_frames_is_malformed() => Assert.Equal("malformed", Ask("""{"version":1,"verb":"ps"}""", "more").Code);

    [Fact]
    public void A_fault_of_the_host_is_told_to_the_client_and_to_the_log()
    {
        var error = Ask("""{"version":1,"verb":"throw"}""");

        Assert.Equal(("failed", "out of order"), (error.Code, error.Message));
        Assert.Contains("throw", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_that_sends_garbage_costs_the_others_nothing()
    {
        using var raw = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
        raw.Connect(new System.Net.Sockets.UnixDomainSocketEndPoint(_server.Path));
        raw.Send(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\n\r\n" + new string('a', 500)));
        using var dealer = new DealerSocket();
        dealer.Options.Linger = TimeSpan.Zero;
        dealer.Connect(Endpoint);
        dealer.TrySend([new byte[1], new byte[1], new byte[1]]);
        dealer.TrySend([new byte[1]]);
        dealer.TrySend([ReadOnlyMemory<byte>.Empty]);
        dealer.TrySend([ReadOnlyMemory<byte>.Empty, ReadOnlyMemory<byte>.Empty, ReadOnlyMemory<byte>.Empty]);

        Assert.Equal("ps", Ask("""{"version":1,"verb":"ps"}""").Code);
    }

    [Fact]
    public async Task A_frame_that_is_too_large_ends_its_connection_and_no_other()
    {
        using var dealer = new DealerSocket();
        dealer.Options.Linger = TimeSpan.Zero;
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var monitor = dealer.Monitor(SocketEvents.Disconnected, _ => ended.TrySetResult());
        dealer.Connect(Endpoint);
        dealer.TrySend([ReadOnlyMemory<byte>.Empty, new byte[1_000_000]]);

        await ended.Task.WaitAsync(s_patience);
        Assert.Equal("ps", Ask("""{"version":1,"verb":"ps"}""").Code);
        Assert.Equal(1, _answered);
    }

    [Fact]
    public void A_client_that_never_reads_and_one_that_asks_without_end_do_not_keep_others_from_their_replies()
    {
        using var dealer = new DealerSocket();
        dealer.Options.Linger = TimeSpan.Zero;
        dealer.Options.ReceiveHighWatermark = 1;
        dealer.Connect(Endpoint);
        var sent = 0;
        while (sent < 10_000 && dealer.TrySend([ReadOnlyMemory<byte>.Empty, Bytes("""{"version":1,"verb":"flood"}""")]) == SendResult.Sent) sent++;

        Assert.Equal("ps", Ask("""{"version":1,"verb":"ps"}""").Code);
        // The flood waits at its sender: the host takes 50 requests a second.
        Assert.True(_answered < sent, $"{_answered} of {sent} were answered at once");
    }
}

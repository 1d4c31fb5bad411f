using System.Text.Json;
using Actors.Zmtp;
using Host.Tests.Running;

namespace Host.Tests.Messaging;

/// <summary>How the verbs for messages end, and what they say then. Their peers are sockets of this process; tests/Interop.Tests has real ones.</summary>
public sealed class MessagingRunTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static PullSocket Pull(out string endpoint)
    {
        var pull = new PullSocket();
        endpoint = $"tcp://127.0.0.1:{pull.BindRandomPort("tcp://127.0.0.1")}";
        return pull;
    }

    [Fact]
    public async Task Frames_go_out_in_the_order_of_the_command_line()
    {
        using var pull = Pull(out var endpoint);

        var send = await HostCommand.RunUntilEnd("send", "one", "--hex", "00FF", "--connect", endpoint, "--json", "[5]", "two", "--frame", "-x");

        List<byte[]>? frames = null;
        Assert.True(pull.TryReceiveMultipartBytes(Patience, ref frames));
        Assert.Equal((0, ""), (send.Code, send.Output));
        Assert.Equal(["6F6E65", "00FF", "5B355D", "74776F", "2D78"], frames.Select(Convert.ToHexString));
    }

    [Fact]
    public async Task A_message_that_begins_with_an_at_sign_is_sent_and_no_file_is_read_for_it()
    {
        using var pull = Pull(out var endpoint);

        var send = await HostCommand.RunUntilEnd("send", "@alice", "--connect", endpoint);

        Assert.Equal((0, ""), (send.Code, send.Output));
        Assert.True(pull.TryReceiveFrameString(Patience, out var text), "no message came");
        Assert.Equal("@alice", text);
    }

    [Fact]
    public async Task Lines_of_standard_input_are_messages_and_the_summary_is_a_JSON_document()
    {
        using var pull = Pull(out var endpoint);

        var send = await HostCommand.RunWith(new Dictionary<string, string>(), "a\nb\nc\n", "send", "--connect", endpoint, "--output", "json");

        Assert.Equal(0, send.Code);
        foreach (var expected in (string[])["a", "b", "c"])
        {
            Assert.True(pull.TryReceiveFrameString(Patience, out var text));
            Assert.Equal(expected, text);
        }
        using var summary = JsonDocument.Parse(send.Output);
        Assert.Equal((3, 3, 0), (summary.RootElement.GetProperty("messages").GetInt32(), summary.RootElement.GetProperty("bytes").GetInt32(), summary.RootElement.GetProperty("lost").GetInt32()));
    }

    [Fact]
    public async Task Send_without_a_peer_ends_with_3_and_says_why()
    {
        var send = await HostCommand.RunUntilEnd("send", "--connect", "tcp://127.0.0.1:1", "--timeout", "300ms", "hello");

        Assert.Equal(3, send.Code);
        Assert.StartsWith("send: no peer came within 300 ms (tcp://127.0.0.1:1: ", send.Errors[0], StringComparison.Ordinal);
        Assert.StartsWith("sent 0 messages", send.Errors[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recv_without_a_message_ends_with_3_and_quiet_has_no_summary()
    {
        var receive = await HostCommand.RunUntilEnd("recv", "--bind", "tcp://127.0.0.1:0", "--wait", "100ms", "--quiet");

        Assert.Equal((3, ""), (receive.Code, receive.Output));
        Assert.Equal(2, receive.Errors.Count);
        Assert.StartsWith("listening at tcp://127.0.0.1:", receive.Errors[0], StringComparison.Ordinal);
        Assert.StartsWith("recv: 0 messages came in time", receive.Errors[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recv_writes_the_bytes_of_a_message_and_nothing_else_as_raw()
    {
        using var push = new PushSocket();
        var port = push.BindRandomPort("tcp://127.0.0.1");
        var receive = HostCommand.RunUntilEnd("recv", "--connect", $"tcp://127.0.0.1:{port}", "--count", "1", "--format", "raw");
        push.SendMultipartBytes("a\n"u8.ToArray(), "b"u8.ToArray());

        Assert.Equal((0, "a\nb"), ((await receive).Code, (await receive).Output));
    }

    [Fact]
    public async Task Recv_prints_frames_in_hex_and_ends_after_its_count()
    {
        using var push = new PushSocket();
        var port = push.BindRandomPort("tcp://127.0.0.1");
        var receive = HostCommand.RunUntilEnd("recv", "--connect", $"tcp://127.0.0.1:{port}", "--timeout", "5s", "--count", "2", "--format", "hex");
        for (var i = 0; i < 2; i++) push.SendFrame([(byte)i]);

        Assert.Equal((0, $"00{Environment.NewLine}01{Environment.NewLine}"), ((await receive).Code, (await receive).Output.ReplaceLineEndings()));
    }

    [Fact]
    public async Task Req_prints_the_reply_and_its_round_trip()
    {
        using var reply = new ResponseSocket();
        var port = reply.BindRandomPort("tcp://127.0.0.1");
        var request = HostCommand.RunUntilEnd("req", "--connect", $"tcp://127.0.0.1:{port}", "Are you OK?");
        Assert.True(reply.TryReceiveFrameString(Patience, out var asked));
        reply.SendFrame("I am OK!");

        Assert.Equal("Are you OK?", asked);
        Assert.Equal((0, "I am OK!\n"), ((await request).Code, (await request).Output));
        Assert.Contains("got replies: 1 message, 8 B in ", (await request).Errors[^1], StringComparison.Ordinal);
        Assert.Contains("round trip", (await request).Errors[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Req_without_a_reply_ends_with_3()
    {
        using var silent = new RouterSocket();
        var port = silent.BindRandomPort("tcp://127.0.0.1");

        var request = await HostCommand.RunUntilEnd("req", "--connect", $"tcp://127.0.0.1:{port}", "--timeout", "300ms", "hello?");

        Assert.Equal((3, ""), (request.Code, request.Output));
        Assert.StartsWith("req: no reply to request 1 within 300 ms", request.Errors[0], StringComparison.Ordinal);
    }
}

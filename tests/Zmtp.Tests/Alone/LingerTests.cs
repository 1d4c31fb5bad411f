using System.Diagnostics;
using Actors.Zmtp.Tests.BytePeer;
using Actors.Zmtp.Tests.Interop;
using Actors.Zmtp.Tests.Sockets;

namespace Actors.Zmtp.Tests.Alone;

/// <summary>A closed socket keeps the process no longer than its linger time, whatever its peers do.</summary>
[Collection(AloneCollection.Name)]
public class LingerTests : IDisposable
{
    /// <summary>Below every limit that the engine has of its own, so that only the linger time can have ended it.</summary>
    private static readonly TimeSpan s_latest = TimeSpan.FromSeconds(8);

    public LingerTests() => ZmqContext.Exchange(null);

    public void Dispose() => ZmqContext.Terminate(block: false);

    [Theory]
    [InlineData(0)]
    [InlineData(200)]
    public async Task A_peer_that_does_not_read(int linger)
    {
        PushSocket ours = Create(linger);
        ours.Options.SendHighWatermark = 0;
        using RawPeer peer = RawPeer.ConnectTo(ours.BindRandomPort("tcp://127.0.0.1"));
        peer.Handshake("PULL");
        for (int i = 0; i < 200; i++)
        {
            ours.SendFrame(new byte[100_000]);
        }

        await EndsInTime(ours, linger);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(200)]
    public async Task A_peer_to_which_all_was_sent_and_that_does_not_close(int linger)
    {
        PushSocket ours = Create(linger);
        using RawPeer peer = RawPeer.ConnectTo(ours.BindRandomPort("tcp://127.0.0.1"));
        peer.Handshake("PULL");
        Expect.Sent(ours, "61");
        peer.Expect("00 01 61");
        await EndsInTime(ours, linger);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(200)]
    public async Task A_peer_in_the_handshake(int linger)
    {
        using RawListener listener = new();
        PushSocket ours = Create(linger);
        ours.Connect(listener.Endpoint);
        ours.SendText("never sent");
        using RawPeer peer = RawPeer.Accept(listener);
        peer.Expect(RawPeer.FirstPart);
        await EndsInTime(ours, linger);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(200)]
    public async Task A_peer_that_is_not_there(int linger)
    {
        PushSocket ours = Create(linger);
        ours.Options.ReconnectInterval = TimeSpan.FromMilliseconds(10);
        using EventRecorder events = new(ours, SocketEvents.ConnectRetried);
        ours.Connect(Link.FreeEndpoint());
        ours.SendText("never sent");
        events.Next(SocketEvents.ConnectRetried);
        events.Dispose();
        await EndsInTime(ours, linger);
    }

    [SkippableFact]
    public async Task A_process_that_is_stopped()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no SIGSTOP.");
        const int linger = 200;
        PushSocket ours = Create(linger);
        ours.Options.SendHighWatermark = 0;
        using PythonPeer theirs = PythonPeer.Start("PULL");
        theirs.Connect(Link.Bind(ours));
        Expect.Sent(ours, "61");
        Assert.Equal("61", theirs.Receive());
        theirs.Pause();
        for (int i = 0; i < 200; i++)
        {
            ours.SendFrame(new byte[100_000]);
        }

        await EndsInTime(ours, linger);
    }

    private static PushSocket Create(int linger)
    {
        PushSocket ours = new();
        ours.Options.Linger = TimeSpan.FromMilliseconds(linger);
        return ours;
    }

    private static async Task EndsInTime(PushSocket ours, int linger)
    {
        long began = Stopwatch.GetTimestamp();
        ours.Dispose();
        Task end = Task.Run(() => ZmqContext.Terminate());
        await end.Within("end of the context");
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, s_latest + TimeSpan.FromMilliseconds(linger));
    }
}

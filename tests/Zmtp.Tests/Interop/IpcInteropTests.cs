
namespace Actors.Zmtp.Tests.Interop;

public class IpcInteropTests
{
    [SkippableTheory]
    [InlineData(true, "*")]
    [InlineData(false, "*")]
    [InlineData(true, "@")]
    [InlineData(false, "@")]
    public void Requests_and_replies_of_every_size_pass(bool weBind, string kind)
    {
        using var theirs = PythonPeer.Start("REP");
        using var ours = new RequestSocket();
        ours.Options.Linger = TimeSpan.Zero;
        var endpoint = Endpoint(kind);
        if (weBind)
        {
            ours.Bind(endpoint);
            theirs.Connect(ours.Options.LastEndpoint!);
        }
        else
        {
            ours.Connect(theirs.Bind(endpoint));
        }

        var sizes = new[] { 0, 1, 255, 256, 1_000_000 };
        var echo = $"echo {sizes.Length}";
        theirs.Begin(echo);
        foreach (var size in sizes)
        {
            var frame = Convert.ToHexStringLower([.. Enumerable.Range(0, size).Select(i => (byte)(i * 7))]);
            Expect.Sent(ours, frame + ",61");
            Expect.Message(ours, frame + ",61");
        }

        theirs.Finish(echo);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_PUSH_feeds_their_PULL_in_order(bool weBind)
    {
        const int count = 50_000;
        using var theirs = PythonPeer.Start("PULL");
        using var ours = new PushSocket();
        ours.Options.Linger = TimeSpan.Zero;
        Up(ours, theirs, weBind);
        var verb = $"recv-numbers {count}";
        theirs.Begin(verb);
        for (var i = 0; i < count; i++)
            Assert.True(ours.TrySendFrame(Expect.Patience, NetworkOrder.GetBytes(i)), $"message {i} was not taken");
        theirs.Finish(verb);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_PULL_takes_from_their_PUSH_in_order(bool weBind)
    {
        const int count = 50_000;
        using var theirs = PythonPeer.Start("PUSH");
        using var ours = new PullSocket();
        Up(ours, theirs, weBind);
        theirs.Begin($"send-numbers {count}");
        for (var i = 0; i < count; i++)
        {
            Assert.True(ours.TryReceiveFrameBytes(Expect.Patience, out var bytes), $"message {i} did not come");
            Assert.Equal(i, NetworkOrder.ToInt32(bytes));
        }
    }

    [SkippableFact]
    public void The_path_of_a_killed_peer_is_taken_over_and_back()
    {
        var folder = Directory.CreateTempSubdirectory("ipc-").FullName;
        try
        {
            var endpoint = $"ipc://{folder}/socket";
            using var ours = new PushSocket();
            ours.Options.Linger = TimeSpan.Zero;
            ours.Options.ReconnectInterval = TimeSpan.FromMilliseconds(20);
            ours.Connect(endpoint);
            using (var first = PythonPeer.Start("PULL"))
            {
                first.Bind(endpoint);
                Expect.Sent(ours, "61");
                Assert.Equal("61", first.Receive());
                first.Kill();
            }

            using (var second = new PullSocket("@" + endpoint))
            {
                Link.Repeat(
                    () =>
                    {
                        ours.TrySendFrame(TimeSpan.Zero, "b");
                        return second.TryReceiveFrameBytes(TimeSpan.FromMilliseconds(50), out _);
                    },
                    "message at the socket that took the path over");
            }

            using var third = PythonPeer.Start("PULL");
            third.Bind(endpoint);
            Link.Repeat(
                () =>
                {
                    ours.TrySendFrame(TimeSpan.Zero, "c");
                    return third.Receive(50) != "nothing";
                },
                "message at the peer that came last");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Up(ZmqSocket ours, PythonPeer theirs, bool weBind)
    {
        if (weBind)
        {
            ours.Bind("ipc://*");
            theirs.Connect(ours.Options.LastEndpoint!);
        }
        else
        {
            ours.Connect(theirs.Bind("ipc://*"));
        }
    }

    private static string Endpoint(string kind)
    {
        Skip.If(kind == "@" && !OperatingSystem.IsLinux(), "Only Linux has abstract names.");
        return kind == "@" ? "ipc://@" + Guid.NewGuid().ToString("N") : "ipc://*";
    }
}

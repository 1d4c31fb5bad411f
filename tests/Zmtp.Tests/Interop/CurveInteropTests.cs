
namespace Actors.Zmtp.Tests.Interop;

/// <summary>CURVE with libzmq as the other end: either role, either direction of the connection.</summary>
public class CurveInteropTests
{
    private static readonly CurveKeyPair Server = new();
    private static readonly CurveKeyPair Client = new();

    private static void Secure(ZmqSocket ours, PythonPeer theirs, bool weServe, CurveKeyPair? known = null)
    {
        var (our, their) = weServe ? (Server, Client) : (Client, Server);
        ours.Options.CurveKeys = our;
        theirs.Do($"set-text CURVE_PUBLICKEY {their.PublicKeyZ85}");
        theirs.Do($"set-text CURVE_SECRETKEY {their.SecretKeyZ85}");
        if (weServe)
        {
            ours.Options.CurveServer = true;
            theirs.Do($"set-text CURVE_SERVERKEY {(known ?? Server).PublicKeyZ85}");
        }
        else
        {
            ours.Options.CurveServerKey = (known ?? Server).PublicKey;
            theirs.Set("CURVE_SERVER", 1);
        }
    }

    [SkippableFact]
    public void Their_keys_are_pairs_to_us()
    {
        using var theirs = PythonPeer.Start("PAIR");
        var keys = theirs.Ask("curve-keys").Split(' ');
        Assert.Equal(keys[0], CurveKeyPair.FromSecretKey(keys[1]).PublicKeyZ85);
    }

    [SkippableTheory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void A_PAIR_talks_both_ways(bool weServe, bool weBind)
    {
        using var theirs = PythonPeer.Start("PAIR");
        using var ours = new PairSocket();
        Secure(ours, theirs, weServe);
        Link.Up(ours, theirs, weBind);
        Expect.Sent(ours, "61,62");
        theirs.Send("63,,");
        Assert.Equal("61,62", theirs.Receive());
        Expect.Message(ours, "63,,");
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Many_messages_stay_in_order(bool weServe)
    {
        const int count = 20_000;
        using var theirs = PythonPeer.Start("PULL");
        using var ours = new PushSocket();
        Secure(ours, theirs, weServe);
        Link.Up(ours, theirs, weServe);
        var verb = $"recv-numbers {count}";
        theirs.Begin(verb);
        for (var i = 0; i < count; i++)
            Assert.True(ours.TrySendFrame(Expect.Patience, NetworkOrder.GetBytes(i)), $"message {i} was not taken");
        theirs.Finish(verb);
    }

    [SkippableTheory]
    [InlineData(222)]
    [InlineData(223)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(60_000)]
    [InlineData(3_000_000)]
    public void Messages_of_all_sizes_go_there_and_come_back(int size)
    {
        using var theirs = PythonPeer.Start("PAIR");
        using var ours = new PairSocket();
        Secure(ours, theirs, weServe: true);
        Link.Up(ours, theirs, weBind: true);
        var data = new byte[size];
        new Random(size).NextBytes(data);
        theirs.Begin("echo 2");
        Assert.True(ours.TrySendFrame(Expect.Patience, data), "the message was not taken");
        Assert.True(ours.TrySendFrame(Expect.Patience, data), "the second message was not taken");
        for (var i = 0; i < 2; i++)
        {
            Assert.True(ours.TryReceiveFrameBytes(Expect.Patience, out var back), "the message did not come back");
            Assert.Equal(data, back);
        }

        theirs.Finish("echo 2");
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Subscriptions_and_heartbeats_are_sealed_too(bool weServe)
    {
        using var theirs = PythonPeer.Start("PUB");
        using var ours = new SubscriberSocket();
        Secure(ours, theirs, weServe);
        theirs.Set("HEARTBEAT_IVL", 50);
        theirs.Set("HEARTBEAT_TIMEOUT", 20_000);
        ours.Options.HeartbeatInterval = TimeSpan.FromMilliseconds(50);
        ours.Options.HeartbeatTimeout = Expect.Patience;
        ours.Subscribe("a");
        Link.Up(ours, theirs, weServe);
        List<byte[]>? frames = null;
        Link.Repeat(
            () =>
            {
                theirs.Send("7a");
                theirs.Send("6162");
                return ours.TryReceiveMultipartBytes(TimeSpan.FromMilliseconds(100), ref frames);
            },
            "message of the topic");
        Assert.Equal("ab"u8.ToArray(), frames![0]);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_client_with_a_wrong_server_key_is_refused(bool weServe)
    {
        using var theirs = PythonPeer.Start(weServe ? "PUSH" : "PULL");
        using ZmqSocket ours = weServe ? new PullSocket() : new PushSocket();
        Secure(ours, theirs, weServe, known: new CurveKeyPair());
        ours.Options.Linger = TimeSpan.Zero;
        ours.Options.ReconnectInterval = TimeSpan.FromMilliseconds(50);
        using var disconnected = new ManualResetEventSlim();
        using var monitor = ours.Monitor(SocketEvents.Disconnected, _ => disconnected.Set());
        Link.Up(ours, theirs, weServe);
        Expect.Set(disconnected, "refused connection");
        if (!weServe)
            Assert.Equal("nothing", theirs.Receive(200));
    }
}

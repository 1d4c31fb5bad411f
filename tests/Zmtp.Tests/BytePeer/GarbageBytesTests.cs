using System.Buffers.Binary;
using System.Net.Sockets;
using Actors.Zmtp.Tests.Protocol;

namespace Actors.Zmtp.Tests.BytePeer;

/// <summary>Peers that send nonsense of all kinds: each ends its own connection at most, and the socket serves the next one.</summary>
public class GarbageBytesTests
{
    private const int Peers = 150;

    [Theory]
    [InlineData("PULL", "PUSH")]
    [InlineData("REP", "REQ")]
    [InlineData("REQ", "REP")]
    [InlineData("ROUTER", "DEALER")]
    [InlineData("DEALER", "ROUTER")]
    [InlineData("XPUB", "SUB")]
    [InlineData("PUB", "SUB")]
    [InlineData("SUB", "PUB")]
    [InlineData("XSUB", "PUB")]
    [InlineData("PAIR", "PAIR")]
    public void Random_octets_and_frames_do_no_harm(string ours, string theirs)
    {
        using var socket = Create(ours);
        socket.Options.Linger = TimeSpan.Zero;
        socket.Options.MaxMsgSize = 100_000;
        var port = socket.BindRandomPort("tcp://127.0.0.1");
        for (var seed = 0; seed < Peers; seed++)
        {
            var random = new Random(seed);
            using var peer = RawPeer.ConnectTo(port);
            try
            {
                peer.Send(Nonsense(random, theirs));
            }
            catch (SocketException)
            {
                // The connection was ended before all of it was sent, which is one right answer.
            }

            Drain(socket);
            if (random.Next(2) == 0)
                peer.Reset();
        }

        using var good = RawPeer.ConnectTo(port);
        good.Handshake(theirs);
        good.Send("04 07 04 50494e47 0000");
        while (good.ReadFrame() is var (flags, body) && !(flags == 0x04 && Octets.Hex(body) == Octets.Vector("04 504f4e47")))
        {
        }

        Drain(socket);
    }

    private static byte[] Nonsense(Random random, string theirs)
    {
        var ready = RawPeer.ReadyBody(theirs);
        byte[] handshake = [.. Octets.Of(RawPeer.FirstPart + RawPeer.SecondPart), 0x04, (byte)ready.Length, .. ready];
        var octets = new byte[random.Next(200)];
        random.NextBytes(octets);
        return random.Next(4) switch
        {
            0 => octets,
            1 => [.. handshake[..random.Next(handshake.Length)], .. octets],
            2 => [.. handshake, .. octets],
            _ => [.. handshake, .. Frames(random)],
        };
    }

    private static byte[] Frames(Random random)
    {
        var octets = new List<byte>();
        for (var count = random.Next(1, 20); count > 0; count--)
        {
            var body = new byte[random.Next(8) == 0 ? random.Next(70_000) : random.Next(6)];
            random.NextBytes(body);
            if (body.Length > 0 && random.Next(2) == 0)
                body[0] = (byte)random.Next(2);
            var flags = (byte)random.Next(random.Next(20) == 0 ? 256 : 4);
            if (body.Length > 255)
                flags |= 0x02;
            octets.Add(flags);
            if ((flags & 0x02) != 0)
            {
                var size = new byte[8];
                BinaryPrimitives.WriteInt64BigEndian(size, body.Length);
                octets.AddRange(size);
            }
            else
            {
                octets.Add((byte)body.Length);
            }

            octets.AddRange(body);
        }

        return [.. octets];
    }

    /// <summary>Uses the socket as a program would, whatever came.</summary>
    private static void Drain(ZmqSocket socket)
    {
        switch (socket)
        {
            case ResponseSocket:
                while (socket.TrySkipMultipartMessage())
                    socket.TrySendFrame("reply");
                break;
            case RequestSocket:
                if (socket.TrySendFrame("request"))
                    socket.TrySkipMultipartMessage(TimeSpan.FromMilliseconds(1));
                break;
            case PublisherSocket:
                socket.SendFrame([1, 2, 3]);
                break;
            case XPublisherSocket:
                socket.SendFrame([1, 2, 3]);
                while (socket.TrySkipMultipartMessage())
                {
                }

                break;
            default:
                while (socket.TrySkipMultipartMessage())
                {
                }

                break;
        }
    }

    private static ZmqSocket Create(string type) => type switch
    {
        "PULL" => new PullSocket(),
        "REP" => new ResponseSocket(),
        // Relaxed, because no request gets a reply.
        "REQ" => new RequestSocket { Options = { Relaxed = true } },
        "ROUTER" => new RouterSocket(),
        "DEALER" => new DealerSocket(),
        "XPUB" => new XPublisherSocket(),
        "PUB" => new PublisherSocket(),
        "SUB" => new SubscriberSocket(),
        "XSUB" => new XSubscriberSocket(),
        "PAIR" => new PairSocket(),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No such socket in this test."),
    };
}

using Actors.Zmtp.Tests.Interop;

namespace Actors.Zmtp.Tests.BytePeer;

/// <summary>Frames, commands and limits of real sockets, octet by octet.</summary>
public class TrafficBytesTests
{
    [Fact]
    public void A_long_size_may_stand_before_a_short_body()
    {
        using var ours = new PullSocket();
        using var peer = RawPeer.ConnectTo(ours);
        peer.Handshake("PUSH");
        peer.Send("03 0000000000000001 61 02 0000000000000000");
        Expect.Message(ours, "61,");
    }

    [Theory]
    [InlineData(255, "00 ff")]
    [InlineData(256, "02 0000000000000100")]
    public void A_frame_of_more_than_255_octets_has_a_long_size(int length, string header)
    {
        using var ours = new PushSocket();
        using var peer = RawPeer.ConnectTo(ours);
        peer.Handshake("PULL");
        ours.SendFrame(new byte[length]);
        peer.Expect(header + new string('0', 2 * length));
    }

    [Theory]
    [InlineData("08 01 61")]
    [InlineData("80 01 61")]
    [InlineData("05 05 04 504f4e47")]
    [InlineData("02 ffffffffffffffff")]
    [InlineData("02 8000000000000000")]
    [InlineData("04 01 04")]
    public void What_is_no_frame_ends_that_connection_and_no_other(string octets)
    {
        using var ours = new PullSocket();
        ours.Options.Linger = TimeSpan.Zero;
        var port = ours.BindRandomPort("tcp://127.0.0.1");
        using var good = RawPeer.ConnectTo(port);
        good.Handshake("PUSH");
        using var bad = RawPeer.ConnectTo(port);
        bad.Handshake("PUSH");
        bad.Send("00 01 62" + octets);
        bad.ExpectEnd();
        Expect.Message(ours, "62");
        good.Send("00 01 61");
        Expect.Message(ours, "61");
    }

    [Fact]
    public void A_frame_beyond_the_limit_ends_that_connection_and_no_other()
    {
        using var ours = new PullSocket();
        ours.Options.Linger = TimeSpan.Zero;
        ours.Options.MaxMsgSize = 1000;
        var port = ours.BindRandomPort("tcp://127.0.0.1");
        using var good = RawPeer.ConnectTo(port);
        good.Handshake("PUSH");
        using var bad = RawPeer.ConnectTo(port);
        bad.Handshake("PUSH");
        bad.Send("02 00000000000003e9");
        bad.ExpectEnd();
        good.Send("02 00000000000003e8" + new string('0', 2000));
        Assert.Equal(2000, Expect.Message(ours).Length);
    }

    [Fact]
    public void A_huge_declared_length_takes_no_memory_before_octets_come()
    {
        using var ours = new PullSocket();
        ours.Options.Linger = TimeSpan.Zero;
        var port = ours.BindRandomPort("tcp://127.0.0.1");
        using var good = RawPeer.ConnectTo(port);
        good.Handshake("PUSH");
        var before = GC.GetTotalAllocatedBytes();
        for (var i = 0; i < 20; i++)
        {
            using var bad = RawPeer.ConnectTo(port);
            bad.Handshake("PUSH");
            bad.Send("02 000000003fffffff 61");
            bad.Reset();
        }

        good.Send("00 01 61");
        Expect.Message(ours, "61");
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 200_000_000);
    }

    [Fact]
    public void A_message_that_breaks_off_is_not_delivered()
    {
        using var ours = new PullSocket();
        ours.Options.Linger = TimeSpan.Zero;
        var port = ours.BindRandomPort("tcp://127.0.0.1");
        using (var bad = RawPeer.ConnectTo(port))
        {
            bad.Handshake("PUSH");
            bad.Send("00 01 60  01 01 61 01 01 62");
            Expect.Message(ours, "60");
        }

        using var good = RawPeer.ConnectTo(port);
        good.Handshake("PUSH");
        good.Send("00 01 63");
        Expect.Message(ours, "63");
    }
}

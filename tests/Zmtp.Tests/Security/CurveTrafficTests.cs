using Actors.Zmtp.Pipes;
using Actors.Zmtp.Protocol;
using Actors.Zmtp.Security;
using Actors.Zmtp.Security.Curve;
using Actors.Zmtp.Tests.Protocol;

namespace Actors.Zmtp.Tests.Security;

/// <summary>The MESSAGE command of CurveZMQ: https://rfc.zeromq.org/spec/26/.</summary>
public class CurveTrafficTests
{
    private static byte[] Sealed(CurveTraffic from, byte flags, byte[] payload)
    {
        var frame = new byte[CurveTraffic.FrameLength(payload.Length)];
        Assert.Equal(frame.Length, from.Seal(flags, payload, frame));
        Assert.True(FrameHeader.Read(frame, out var header, out var size));
        Assert.Equal(frame.Length - header, size);
        return frame[header..];
    }

    private static byte[]? Opened(CurveTraffic to, byte[] body)
    {
        var opened = new byte[Math.Max(body.Length - CurveTraffic.Overhead + 1, 1)];
        return to.TryOpen(body, opened, out _) ? opened : null;
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, FrameFlags.More)]
    [InlineData(5, FrameFlags.Command)]
    [InlineData(222, 0)]
    [InlineData(223, 0)]
    [InlineData(100_000, FrameFlags.More)]
    public void A_frame_comes_out_as_it_went_in_both_ways(int length, byte flags)
    {
        var pair = new CurvePair().Done();
        var payload = Enumerable.Range(0, length).Select(i => (byte)i).ToArray();
        Assert.Equal([flags, .. payload], Opened(pair.Server.Traffic!, Sealed(pair.Client.Traffic!, flags, payload))!);
        Assert.Equal([flags, .. payload], Opened(pair.Client.Traffic!, Sealed(pair.Server.Traffic!, flags, payload))!);
    }

    [Fact]
    public void A_MESSAGE_has_33_octets_and_the_next_nonce()
    {
        var pair = new CurvePair().Done();
        var body = Sealed(pair.Client.Traffic!, 0, []);
        Assert.Equal(33, body.Length);
        Assert.Equal(Octets.Vector("07 4d455353414745 00000000 00000003"), Octets.Hex(body.AsSpan(0, 16)));
        Assert.Equal(2, Sealed(pair.Server.Traffic!, 0, [])[15]);
    }

    [Fact]
    public void No_octet_can_be_altered()
    {
        var pair = new CurvePair().Done();
        var body = Sealed(pair.Client.Traffic!, 0, [1, 2, 3]);
        for (var i = 0; i < body.Length; i++)
        {
            var altered = (byte[])body.Clone();
            altered[i] ^= 1;
            Assert.True(Opened(pair.Server.Traffic!, altered) is null, $"octet {i} was altered");
        }

        Assert.NotNull(Opened(pair.Server.Traffic!, body));
    }

    [Fact]
    public void A_nonce_is_taken_once_and_only_ever_a_higher_one()
    {
        var pair = new CurvePair().Done();
        var first = Sealed(pair.Client.Traffic!, 0, [1]);
        var second = Sealed(pair.Client.Traffic!, 0, [2]);
        Assert.NotNull(Opened(pair.Server.Traffic!, second));
        Assert.Null(Opened(pair.Server.Traffic!, second));
        Assert.Null(Opened(pair.Server.Traffic!, first));
    }

    [Fact]
    public void What_one_end_sealed_it_does_not_open_itself()
    {
        var pair = new CurvePair().Done();
        Assert.Null(Opened(pair.Client.Traffic!, Sealed(pair.Client.Traffic!, 0, [1])));
    }

    [Fact]
    public void A_MESSAGE_of_fewer_octets_is_refused()
    {
        var pair = new CurvePair().Done();
        Assert.Null(Opened(pair.Server.Traffic!, Sealed(pair.Client.Traffic!, 0, [])[..32]));
    }

    [Fact]
    public void MORE_and_a_command_at_once_are_refused()
    {
        var pair = new CurvePair().Done();
        Assert.Null(Opened(pair.Server.Traffic!, Sealed(pair.Client.Traffic!, FrameFlags.More | FrameFlags.Command, [])));
    }

    [Fact]
    public void No_nonce_comes_after_the_last_one()
    {
        using var traffic = new CurveTraffic(Box.WithRandomKey(), isServer: false, sent: ulong.MaxValue - 1, received: 0);
        var frame = new byte[CurveTraffic.FrameLength(0)];
        traffic.Seal(0, [], frame);
        Assert.Throws<OverflowException>(() => traffic.Seal(0, [], frame));
    }
}

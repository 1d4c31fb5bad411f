using System.Diagnostics;
using System.Text;

namespace Actors.Tests.Telemetry;

/// <summary>The frame of docs/protocols/request-reply.md, section 8.</summary>
public sealed class TraceFrameTests
{
    // The traceparent 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01 of the recommendation.
    private const string Example = "005443010af7651916cd43dd8448eb211c80319cb7ad6b716920333101";

    private static ActivityContext Context(string? state) =>
        ActivityContext.Parse("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", state);

    private static ActivityContext Read(string hex) => TraceFrame.Read(Convert.FromHexString(hex));

    [Fact]
    public void The_frame_has_the_ids_the_flags_and_the_tracestate_as_text()
    {
        Assert.Equal(Example, Convert.ToHexString(TraceFrame.Write(Context(null))), ignoreCase: true);
        Assert.Equal($"{Example}{Convert.ToHexString("congo=t61rcWkgMzE"u8)}", Convert.ToHexString(TraceFrame.Write(Context("congo=t61rcWkgMzE"))), ignoreCase: true);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("rojo=00f067aa0ba902b7,congo=t61rcWkgMzE")]
    public void What_is_written_is_read_and_known_as_a_peers(string? state)
    {
        var read = TraceFrame.Read(TraceFrame.Write(Context(state)));

        Assert.True(read.IsRemote);
        Assert.Equal(Context(state), new ActivityContext(read.TraceId, read.SpanId, read.TraceFlags, read.TraceState));
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("ä=1")]
    [InlineData("")]
    public void A_tracestate_that_is_no_printable_ASCII_is_not_written(string state) =>
        Assert.Equal(Example, Convert.ToHexString(TraceFrame.Write(Context(null) is var ids ? new ActivityContext(ids.TraceId, ids.SpanId, ids.TraceFlags, state) : default)), ignoreCase: true);

    [Fact]
    public void A_tracestate_of_more_than_512_octets_is_left_out_at_both_ends()
    {
        var longest = new string('a', TraceFrame.MaxState);
        Assert.Equal(longest, TraceFrame.Read(TraceFrame.Write(Context(longest))).TraceState);
        Assert.Equal(29, TraceFrame.Write(Context(longest + "a")).Length);
        Assert.Null(Read(Example + Convert.ToHexString(Encoding.ASCII.GetBytes(longest + "a"))).TraceState);
    }

    [Theory]
    [InlineData("C3A43D31")]
    [InlineData("613D0A")]
    [InlineData("00")]
    [InlineData("7F")]
    public void A_tracestate_that_cannot_be_read_does_not_cost_the_ids(string state)
    {
        var read = Read(Example + state);

        Assert.Equal("0af7651916cd43dd8448eb211c80319c", read.TraceId.ToString());
        Assert.Null(read.TraceState);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00544301")]
    [InlineData("005443010af7651916cd43dd8448eb211c80319cb7ad6b7169203331")]
    [InlineData("0054430100000000000000000000000000000000b7ad6b716920333101")]
    [InlineData("005443010af7651916cd43dd8448eb211c80319c000000000000000001")]
    [InlineData("005443020af7651916cd43dd8448eb211c80319cb7ad6b716920333101")]
    [InlineData("545443010af7651916cd43dd8448eb211c80319cb7ad6b716920333101")]
    public void A_malformed_frame_and_one_of_another_version_carry_no_trace(string hex) => Assert.Equal(default, Read(hex));

    [Fact]
    public void Of_the_flags_only_sampled_is_known() =>
        Assert.Equal((ActivityTraceFlags.None, ActivityTraceFlags.Recorded), (Read(Example[..^2] + "FE").TraceFlags, Read(Example[..^2] + "FF").TraceFlags));
}

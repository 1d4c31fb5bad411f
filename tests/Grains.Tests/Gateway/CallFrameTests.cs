using System.Diagnostics;
using System.Text;
using Actors.Grains.Gateway;
using Actors.Transport;
using FsCheck.Xunit;

namespace Grains.Tests.Gateway;

/// <summary>The call frame, docs/protocols/grains.md, section 4.</summary>
public sealed class CallFrameTests
{
    // The example of the document.
    private const string Example = "474301000000138807636f756e74657200000005616c69636503416464";
    private const string Traced = "47430101000013880af7651916cd43dd8448eb211c80319cb7ad6b71692033310107636f756e74657200000005616c69636503416464";

    [Fact]
    public void The_documented_example_is_read()
    {
        Assert.Null(CallFrame.Read(Convert.FromHexString(Example), out var call));
        Assert.Equal(("counter", "alice", "Add"), (Text(call.Kind), Text(call.Key), Text(call.Method)));
        Assert.Equal(TimeSpan.FromSeconds(5), call.Remaining);
        Assert.Equal(default, call.Trace);
        Assert.Equal(Example, Convert.ToHexStringLower(CallWriter.Frame("counter", "alice", "Add", 5000)));
    }

    [Fact]
    public void The_trace_context_of_the_client_is_read()
    {
        Assert.Null(CallFrame.Read(Convert.FromHexString(Traced), out var call));
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", call.Trace.TraceId.ToString());
        Assert.Equal("b7ad6b7169203331", call.Trace.SpanId.ToString());
        Assert.Equal(ActivityTraceFlags.Recorded, call.Trace.TraceFlags);
        Assert.True(call.Trace.IsRemote);
    }

    [Fact]
    public void A_trace_context_of_zeros_counts_as_none()
    {
        Assert.Null(CallFrame.Read(CallWriter.Frame("counter", "alice", "Add", trace: new byte[25]), out var call));
        Assert.Equal(default, call.Trace);
    }

    [Fact]
    public void No_remaining_time_leaves_it_to_the_gateway()
    {
        Assert.Null(CallFrame.Read(CallWriter.Frame("counter", "alice", "Add"), out var call));
        Assert.Null(call.Remaining);
    }

    [Fact]
    public void Another_version_is_refused_with_the_one_that_is_spoken() =>
        Assert.Equal("the call frame has version 2: expected 1", CallFrame.Read(CallWriter.Frame("counter", "alice", "Add", version: 2), out _));

    [Fact]
    public void Unknown_flags_are_refused() =>
        Assert.Equal("the call frame has the flags 82: expected 00 or 01", CallFrame.Read(CallWriter.Frame("counter", "alice", "Add", flags: 0x82), out _));

    [Fact]
    public void Octets_behind_the_method_are_refused() =>
        Assert.Equal("the call frame has 1 octets behind the method: expected none", CallFrame.Read((byte[])[.. CallWriter.Frame("counter", "alice", "Add"), 0], out _));

    [Fact]
    public void A_frame_that_is_cut_anywhere_is_refused_and_the_error_says_where()
    {
        var whole = Convert.FromHexString(Traced);
        for (var length = 0; length < whole.Length; length++)
            Assert.Contains($" {length} octets", CallFrame.Read(whole.AsMemory(0, length), out _));
    }

    [Fact]
    public void A_length_beyond_the_frame_is_refused()
    {
        var frame = Convert.FromHexString(Example);
        frame[16] = 0xff;
        Assert.Contains("within its key", CallFrame.Read(frame, out _));
    }

    [Property(MaxTest = 2000)]
    public void Any_octets_are_read_or_refused(byte[] octets)
    {
        byte[] frame = [(byte)'G', (byte)'C', 1, .. octets];
        if (CallFrame.Read(frame, out var call) is null)
            Assert.Equal(frame.Length, 8 + (frame[3] * 25) + 1 + call.Kind.Length + 4 + call.Key.Length + 1 + call.Method.Length);
    }

    [Property]
    public void What_a_client_writes_is_read(string kind, string key, string method, uint remaining)
    {
        (kind, key, method) = (Valid(kind), Valid(key), Valid(method));
        Assert.Null(CallFrame.Read(CallWriter.Frame(kind, key, method, remaining), out var call));
        Assert.Equal((kind, key, method), (Text(call.Kind), Text(call.Key), Text(call.Method)));
        Assert.Equal(remaining, call.Remaining?.TotalMilliseconds ?? 0);
    }

    [Theory]
    [InlineData("", "Add", "the kind has 0 octets: expected 1 to 255")]
    [InlineData("counter", "", "the method has 0 octets: expected 1 to 255")]
    public void A_request_without_a_name_is_refused(string kind, string method, string expected) =>
        Assert.Equal(expected, CallRequest.Read(Message.FromText("peer", "", kind, "alice", method, "[]"), 2, out _));

    [Fact]
    public void A_key_that_is_not_UTF8_is_refused_because_another_could_become_the_same() =>
        Assert.Equal("the key is not UTF-8", CallRequest.Read(new Message("p"u8.ToArray(), Array.Empty<byte>(), "counter"u8.ToArray(), new byte[] { 0xff }, "Add"u8.ToArray(), "[]"u8.ToArray()), 2, out _));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void Another_number_of_frames_is_refused(int frames) =>
        Assert.StartsWith($"{frames} frames behind the empty one", CallRequest.Read(Message.FromText([.. Enumerable.Repeat("x", frames)]), 0, out _), StringComparison.Ordinal);

    private static string Text(ReadOnlyMemory<byte> octets) => Encoding.UTF8.GetString(octets.Span);

    // Generated texts may have halves of surrogates, and names have one octet for their length.
    private static string Valid(string? text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes((text ?? "")[..Math.Min(text?.Length ?? 0, 60)]));
}

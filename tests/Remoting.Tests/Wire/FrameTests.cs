using System.Buffers.Binary;
using System.Text;
using Actors.Remoting.Wire;
using Akka.Actor;
using FsCheck.Xunit;

namespace Remoting.Tests.Wire;

public sealed class FrameTests
{
    private const ulong Incarnation = 0x0102030405060708;

    private static readonly AssociateContent Content = new(new Address("zmq", "node", "10.0.0.7", 2552), Incarnation, Incarnation + 1);

    [Property]
    public bool A_batch_gives_back_what_was_put_in(byte[][] messages)
    {
        var batch = new PduBatch(16 * 1024);
        batch.Clear();
        var added = messages.Where(message => message is { Length: > 0 } && batch.TryAdd(message)).ToList();

        return Read(batch.Frame).SequenceEqual(added.Select(Convert.ToHexString));
    }

    [Fact]
    public void A_full_batch_takes_no_more_and_is_whole()
    {
        var batch = new PduBatch(64);
        batch.Clear();

        Assert.True(batch.TryAdd(new byte[30]));
        Assert.False(batch.TryAdd(new byte[30]));
        Assert.True(batch.TryAdd(new byte[25]));
        Assert.Equal(64, batch.Frame.Length);
        Assert.Equal([30, 25], Read(batch.Frame).Select(hex => hex.Length / 2));
    }

    [Fact]
    public void A_large_message_is_for_a_frame_of_its_own()
    {
        var batch = new PduBatch(16 * 1024);
        batch.Clear();

        Assert.False(batch.TryAdd(new byte[PduBatch.LeastSingle]));
        Assert.True(batch.IsEmpty);
    }

    [Theory]
    [InlineData(new byte[] { 3, 0, 0 }, "ends within a length")]
    [InlineData(new byte[] { 3, 0, 0, 0, 2, 9 }, "has a message of 2 where 1 are left")]
    [InlineData(new byte[] { 3, 0xFF, 0xFF, 0xFF, 0xFF, 9 }, "has a message of 4294967295")]
    [InlineData(new byte[] { 3, 0, 0, 0, 0 }, "has a message of 0")]
    [InlineData(new byte[] { 3, 0, 0, 0, 1, 9, 0 }, "ends within a length")]
    public void A_malformed_batch_is_named(byte[] frame, string fault)
    {
        var reader = new PduReader(frame);
        while (reader.TryNext(out _))
        {
            // Up to the fault.
        }

        Assert.Contains(fault, reader.Fault);
    }

    [Property]
    public bool Whatever_comes_is_read_or_named(byte[] frame)
    {
        var reader = new PduReader((byte[])[3, .. frame ?? []]);
        var read = 0;
        while (reader.TryNext(out var message)) read += PduBatch.LengthSize + message.Length;
        AssociateFrame.TryReadAssociate(frame, out var content, out var fault);

        return (reader.Fault is null) == (read == (frame?.Length ?? 0)) && (content is null) == (fault is not null);
    }

    [Fact]
    public void An_associate_frame_tells_the_address_and_the_incarnations_and_an_accept_frame_its_own()
    {
        Assert.True(AssociateFrame.TryReadAssociate(AssociateFrame.Associate(Content), out var content, out _));

        Assert.Equal(Content, content);
        Assert.Equal(Incarnation, AssociateFrame.IncarnationOf(AssociateFrame.Accept(Incarnation)));
    }

    [Fact]
    public void Another_version_is_named()
    {
        var frame = AssociateFrame.Associate(Content);
        frame[4] = 9;

        Assert.False(AssociateFrame.TryReadAssociate(frame, out _, out var fault));
        Assert.Contains("version 9", fault);
        var accept = AssociateFrame.Accept(Incarnation);
        accept[4] = 9;
        Assert.Contains("version 9", AssociateFrame.FaultOfAnswer(accept));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("zmq://node")]
    public void An_associate_frame_without_a_full_address_is_refused(string address)
    {
        Assert.False(AssociateFrame.TryReadAssociate([1, (byte)'A', (byte)'K', (byte)'Z', 1, .. new byte[16], .. Encoding.UTF8.GetBytes(address)], out _, out var fault));

        Assert.Contains("address", fault);
    }

    [Fact]
    public void A_refusal_is_the_fault_of_the_answer()
    {
        Assert.Null(AssociateFrame.FaultOfAnswer(AssociateFrame.Accept(Incarnation)));
        Assert.Contains("no more room", AssociateFrame.FaultOfAnswer(AssociateFrame.Goodbye("no more\nroom")));
    }

    [Fact]
    public void A_length_has_its_highest_octet_first()
    {
        var batch = new PduBatch(1024);
        batch.Clear();
        batch.TryAdd(new byte[258]);

        Assert.Equal(258u, BinaryPrimitives.ReadUInt32BigEndian(batch.Frame.Span[1..]));
    }

    private static List<string> Read(ReadOnlyMemory<byte> frame)
    {
        var reader = new PduReader(frame);
        List<string> read = [];
        while (reader.TryNext(out var message)) read.Add(Convert.ToHexString(message.Span));
        Assert.Null(reader.Fault);
        return read;
    }
}

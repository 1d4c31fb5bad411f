using System.Buffers.Binary;
using Actors.Grains.Gateway;

namespace Fuzz;

/// <summary>Damaged call frames of grains: each is refused with a reason, or read so that its parts make the same octets again.</summary>
internal sealed class CallFrameSession : IFuzzSession
{
    private const int Head = 8;
    private const int Trace = 25;

    private readonly byte[][] _frames = Corpus.Of("grain-call");

    public void Run(Random random)
    {
        var frame = Mutation.Of(_frames[random.Next(_frames.Length)], random);
        if (CallFrame.Read(frame, out var call) is { } fault)
        {
            if (fault.Length == 0) throw new InvalidOperationException($"{Convert.ToHexString(frame)} was refused without a reason");
            return;
        }
        var length = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(length, (uint)call.Key.Length);
        byte[] again = [.. frame[..(Head + (frame[3] * Trace))], (byte)call.Kind.Length, .. call.Kind.Span, .. length, .. call.Key.Span, (byte)call.Method.Length, .. call.Method.Span];
        if (!again.AsSpan().SequenceEqual(frame)) throw new InvalidOperationException($"{Convert.ToHexString(frame)} was read as {Convert.ToHexString(again)}");
    }

    public void CheckAlive()
    {
        foreach (var frame in _frames)
            if (CallFrame.Read(frame, out _) is { } fault) throw new InvalidOperationException($"{Convert.ToHexString(frame)} is not read any more: {fault}");
    }

    public void Dispose()
    {
    }
}

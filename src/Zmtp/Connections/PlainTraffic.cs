using Actors.Zmtp.Pipes;
using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Connections;

/// <summary>Frames as they lie in the pipe, with commands between messages.</summary>
internal sealed class PlainTraffic(ConnectionPipe pipe, ControlBuffer control, ZmtpRevision revision, ConnectionSettings settings) : ITraffic
{
    /// <summary>The most bytes of one call to send: enough to pay for the call, few enough to stay in the cache.</summary>
    private const int SendBatch = 256 * 1024;

    private bool _sendsControl;

    public int Gather(ArraySegment<byte>[] pieces)
    {
        pipe.Subscriptions?.WriteChanges(revision, control);
        _sendsControl = !control.IsEmpty && (control.IsInTheMiddle || pipe.Outbound.IsAtMessageBoundary);
        if (_sendsControl)
        {
            pieces[0] = control.Unsent;
            return 1;
        }

        return pipe.Outbound.Gather(pieces, SendBatch, toMessageEnd: !control.IsEmpty);
    }

    public void Sent(long octets)
    {
        if (_sendsControl)
        {
            control.Sent((int)octets);
        }
        else
        {
            pipe.Outbound.Sent(octets);
        }
    }

    public Memory<byte> GetMemory() => pipe.Inbound.GetMemory();

    public CloseReason? Received(int count) => pipe.Inbound.Received(count) ? null : InboundFailure.Of(pipe.Inbound, settings);

    public CloseReason? Append(ReadOnlySpan<byte> octets) => pipe.Inbound.Append(octets) ? null : InboundFailure.Of(pipe.Inbound, settings);
}

using Actors.Remoting.Wire;
using Actors.Zmtp;
using Google.Protobuf;

namespace Actors.Remoting.Associations;

/// <summary>Sends what a buffer holds: small messages in batches, large ones by themselves. For the thread of the loop.</summary>
/// <param name="buffer">The messages that wait.</param>
/// <param name="batch">Shared by all flows of the thread.</param>
internal sealed class OutboundFlow(OutboundBuffer buffer, PduBatch batch)
{
    private static readonly byte[] s_single = [(byte)FrameKind.Single];

    private List<ByteString> _taken = [];
    private int _next;

    /// <summary>Messages that were taken out of the buffer and not sent.</summary>
    public int Unsent => _taken.Count - _next;

    /// <summary>Sends all that waits: <see cref="SendResult.Sent"/>, or why the rest has to wait or cannot be sent.</summary>
    public SendResult Flush(IAssociationLink link)
    {
        while (true)
        {
            if (_next == _taken.Count)
            {
                _taken.Clear();
                _next = 0;
                if (!buffer.TryTake(ref _taken)) return SendResult.Sent;
            }
            var result = SendNext(link);
            if (result != SendResult.Sent) return result;
        }
    }

    private SendResult SendNext(IAssociationLink link)
    {
        batch.Clear();
        var next = _next;
        long bytes = 0;
        for (; next < _taken.Count && batch.TryAdd(_taken[next].Span); next++) bytes += _taken[next].Length;
        SendResult result;
        if (batch.IsEmpty)
        {
            var message = _taken[next++];
            bytes = message.Length;
            result = link.Send(s_single, message.Memory);
        }
        else
        {
            result = link.Send(batch.Frame);
        }
        if (result != SendResult.Sent) return result;
        _next = next;
        buffer.Release(bytes);
        return result;
    }
}

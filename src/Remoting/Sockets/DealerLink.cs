using Actors.Remoting.Associations;
using Actors.Zmtp;

namespace Actors.Remoting.Sockets;

/// <summary>
/// One connection to a node, by a DEALER that connects once. For the thread of the loop, on which it also calls back.
/// </summary>
internal sealed class DealerLink : IAssociationLink
{
    // Received messages take turns with posted work.
    private const int MessagesPerTurn = 64;

    private readonly DealerSocket _dealer;
    private readonly SocketLoop _loop;
    private readonly ReadOnlyMemory<byte>[] _one = new ReadOnlyMemory<byte>[1];
    private readonly ReadOnlyMemory<byte>[] _two = new ReadOnlyMemory<byte>[2];
    private bool _closed;
    private bool _lost;

    public DealerLink(DealerSocket dealer, SocketLoop loop)
    {
        _dealer = dealer;
        _loop = loop;
        dealer.Monitor(SocketEvents.Closed | SocketEvents.Handshakes | SocketEvents.Disconnected | SocketEvents.PeerWritable, what => loop.Post(() => OnEvent(what)));
        loop.Add(dealer, () => Receive(MessagesPerTurn));
    }

    /// <summary>Told each message: its first frame, its second or null, and whether it has further ones.</summary>
    public required Action<byte[], byte[]?, bool> Received { get; init; }

    /// <summary>Told once, after all messages, that there is no connection or no more, and why.</summary>
    public required Action<string> Lost { get; init; }

    /// <summary>Told that the socket, which was full, takes messages again.</summary>
    public required Action Writable { get; init; }

    /// <summary>The handshake of ZMTP was done: the node has the key that was expected, and lets this one in.</summary>
    public bool IsReady { get; private set; }

    /// <exception cref="ZmqException">The endpoint is malformed.</exception>
    public void Connect(string endpoint) => _dealer.Connect(endpoint);

    public SendResult Send(ReadOnlyMemory<byte> frame)
    {
        if (_closed) return SendResult.Unroutable;
        _one[0] = frame;
        return _dealer.TrySend(_one);
    }

    public SendResult Send(ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second)
    {
        if (_closed) return SendResult.Unroutable;
        _two[0] = first;
        _two[1] = second;
        var result = _dealer.TrySend(_two);
        _two[1] = default;
        return result;
    }

    public void Close()
    {
        if (_closed) return;
        _closed = true;
        _loop.Close(_dealer);
    }

    private void Receive(int most)
    {
        for (; most > 0 && !_closed && _dealer.TryReceive(out var first, out var more); most--)
        {
            byte[]? second = null;
            var tooMany = false;
            for (var frame = 1; more && _dealer.TryReceive(out var next, out more); frame++)
            {
                if (frame == 1) second = next;
                else tooMany = true;
            }
            Received(first, second, tooMany);
        }
    }

    private void OnEvent(SocketEvent what)
    {
        switch (what.Kind)
        {
            case SocketEvents.PeerWritable:
                Writable();
                break;
            case SocketEvents.HandshakeSucceeded:
                IsReady = true;
                break;
            default:
                if (_lost) break;
                _lost = true;
                // What came before the end counts.
                Receive(int.MaxValue);
                Close();
                Lost(what.Reason.Length > 0 ? what.Reason : "the connection has ended");
                break;
        }
    }
}

using System.Net.Sockets;
using Actors.Zmtp.Io;
using Actors.Zmtp.Transports;

namespace Actors.Zmtp.Tests.Connections;

/// <summary>Two streams that are connected in memory, with as little room between them as is wanted, on one I/O thread.</summary>
internal sealed class MemoryStreams
{
    private MemoryStreams(Reactor reactor, int room)
    {
        Queue<byte> there = new();
        Queue<byte> back = new();
        One = new End(reactor, back, there, room, "memory://one");
        Two = new End(reactor, there, back, room, "memory://two");
        One.Other = Two;
        Two.Other = One;
    }

    public End One { get; }

    public End Two { get; }

    public static MemoryStreams Create(Reactor reactor, int room = 10_000) => new(reactor, room);

    internal sealed class End(Reactor reactor, Queue<byte> incoming, Queue<byte> outgoing, int room, string name) : IByteStream
    {
        private IReadyHandler? _handler;
        private Ready _interest;
        private bool _ended;
        private bool _closed;

        public End Other { get; set; } = null!;

        /// <summary>Octets that this end has sent.</summary>
        public long Sent { get; private set; }

        /// <summary>The other end takes nothing more until this one has received.</summary>
        public bool IsFull => incoming.Count >= room;

        public string LocalEndpoint => name;

        public string RemoteEndpoint => Other.LocalEndpoint;

        public long Send(ReadOnlySpan<ArraySegment<byte>> pieces, out SocketError error)
        {
            long sent = 0;
            foreach (ArraySegment<byte> piece in pieces)
            {
                foreach (byte octet in piece)
                {
                    if (outgoing.Count >= room)
                    {
                        break;
                    }

                    outgoing.Enqueue(octet);
                    sent++;
                }
            }

            Sent += sent;
            error = Other._closed ? SocketError.ConnectionReset : sent > 0 ? SocketError.Success : SocketError.WouldBlock;
            Other.Tell();
            return Other._closed ? 0 : sent;
        }

        public int Receive(Memory<byte> buffer, out SocketError error)
        {
            int count = 0;
            while (count < buffer.Length && incoming.TryDequeue(out byte octet))
            {
                buffer.Span[count++] = octet;
            }

            error = count > 0 || Other._ended ? SocketError.Success : SocketError.WouldBlock;
            Other.Tell();
            return count;
        }

        public void Watch(IReadyHandler handler, Ready interest)
        {
            _handler = handler;
            _interest = interest;
            Tell();
        }

        public void ShutdownSend()
        {
            _ended = true;
            Other.Tell();
        }

        public void Close()
        {
            _ended = true;
            _closed = true;
            _handler = null;
            Other.Tell();
        }

        private void Tell()
        {
            if (_handler is not null && Ready() != Io.Ready.None)
            {
                reactor.Post(() =>
                {
                    if (_handler is { } handler && Ready() is var ready && ready != Io.Ready.None)
                    {
                        handler.OnReady(ready);
                        Tell();
                    }
                });
            }
        }

        private Ready Ready()
        {
            Ready ready = incoming.Count > 0 || Other._ended ? Io.Ready.Read : Io.Ready.None;
            if (outgoing.Count < room)
            {
                ready |= Io.Ready.Write;
            }

            return ready & _interest;
        }
    }
}

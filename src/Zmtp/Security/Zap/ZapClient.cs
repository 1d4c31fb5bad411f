using System.Buffers.Binary;
using Actors.Zmtp.Io;
using Actors.Zmtp.Sockets;

namespace Actors.Zmtp.Security.Zap;

/// <summary>
/// Asks the handler of the process, a REP or ROUTER bound to inproc://zeromq.zap.01, who may connect
/// (https://rfc.zeromq.org/spec/27/). All connections share one DEALER, which is open while an answer is awaited. Called
/// from any I/O thread; an answer comes on the thread of the connection that asked.
/// </summary>
internal sealed class ZapClient(InprocRegistry inproc) : IZapHandler, ISocketWatcher
{
    public const string Endpoint = "inproc://" + Name;

    private const string Name = "zeromq.zap.01";

    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, (Reactor Reactor, Action<ZapReply> Callback)> _waiting = [];
    private DealerSocket? _socket;
    private Reactor? _reader;
    private ulong _last;

    public bool HasHandler => inproc.IsBound(Name);

    public ulong Ask(ZapRequest request, string domain, string address, Reactor reactor, Action<ZapReply> callback)
    {
        lock (_lock)
        {
            // First, so that requests to a handler that is gone do not wait for the next one.
            Read();
            ulong id = ++_last;
            _waiting.Add(id, (reactor, callback));
            if (!HasHandler)
            {
                Answer(id, ZapReply.None($"no handler is bound to {Endpoint}"));
                return id;
            }

            try
            {
                _socket ??= Open(reactor);
                if (!_socket.TrySendMultipartBytes(TimeSpan.Zero, request.ToFrames(id, domain, address)))
                {
                    Answer(id, ZapReply.None($"the handler at {Endpoint} takes no request"));
                }
            }
            catch (ZmqException error)
            {
                Answer(id, ZapReply.None($"the handler could not be asked: {error.Message}"));
            }

            return id;
        }
    }

    public void Cancel(ulong id)
    {
        lock (_lock)
        {
            if (_waiting.Remove(id))
            {
                CloseIfIdle();
            }
        }
    }

    public void SocketSignalled() => _reader!.Post(Read);

    private DealerSocket Open(Reactor reactor)
    {
        DealerSocket socket = new();
        socket.Options.Linger = TimeSpan.Zero;
        socket.Options.SendHighWatermark = 0;
        socket.Options.ReceiveHighWatermark = 0;
        _reader = reactor;
        socket.Core.Mailbox.Attach(this, null);
        socket.Connect(Endpoint);
        return socket;
    }

    private void Read()
    {
        lock (_lock)
        {
            List<byte[]>? frames = null;
            while (_socket is not null && _socket.TryReceiveMultipartBytes(TimeSpan.Zero, ref frames))
            {
                Take(frames);
            }

            // Its pipe has no high-water mark: a socket that cannot send has lost the handler.
            if (_socket is { HasOut: false })
            {
                AnswerAll(ZapReply.None($"the handler at {Endpoint} has gone without an answer"));
            }
        }
    }

    private void Take(List<byte[]> frames)
    {
        if (frames.Count < 3 || frames[2].Length != sizeof(ulong) || BinaryPrimitives.ReadUInt64BigEndian(frames[2]) is var id && id > _last)
        {
            // Whose answer it is cannot be told, and that one would wait in vain. All of them may come again.
            AnswerAll(ZapReply.None("the handler gave a reply without the id of a request"));
        }
        else
        {
            // The answer to a request that was given up, because the connection ended, is nobody's.
            Answer(id, ZapReply.Parse(frames));
        }
    }

    private void AnswerAll(ZapReply reply)
    {
        foreach (ulong id in _waiting.Keys.ToArray())
        {
            Answer(id, reply);
        }
    }

    private void Answer(ulong id, ZapReply reply)
    {
        if (_waiting.Remove(id, out (Reactor Reactor, Action<ZapReply> Callback) asker))
        {
            asker.Reactor.Post(() => asker.Callback(reply));
            CloseIfIdle();
        }
    }

    private void CloseIfIdle()
    {
        if (_waiting.Count == 0)
        {
            _socket?.Dispose();
            _socket = null;
        }
    }
}

using System.Buffers.Binary;
using System.Text;
using NetMQ.Io;
using NetMQ.Protocol;
using NetMQ.Sockets;

namespace NetMQ.Security.Zap;

/// <summary>
/// Asks the handler of the process, a REP or ROUTER bound to inproc://zeromq.zap.01, who may connect
/// (https://rfc.zeromq.org/spec/27/). All connections share one DEALER, which is open while an answer is awaited. Called
/// from any I/O thread; an answer comes on the thread of the connection that asked.
/// </summary>
internal sealed class ZapClient(InprocRegistry inproc) : ISocketWatcher
{
    public const string Endpoint = "inproc://" + Name;

    private const string Name = "zeromq.zap.01";
    private const string Version = "1.0";

    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, (Reactor Reactor, Action<ZapReply> Callback)> _waiting = [];
    private DealerSocket? _socket;
    private Reactor? _reader;
    private ulong _last;

    public bool HasHandler => inproc.IsBound(Name);

    /// <summary>Asks; returns the number of the request for <see cref="Cancel"/>.</summary>
    public ulong Ask(ZapRequest request, string domain, string address, Reactor reactor, Action<ZapReply> callback)
    {
        lock (_lock)
        {
            ulong id = ++_last;
            _waiting.Add(id, (reactor, callback));
            if (!HasHandler)
            {
                Answer(id, ZapReply.Temporary($"no handler is bound to {Endpoint}"));
                return id;
            }

            try
            {
                _socket ??= Open(reactor);
            }
            catch (NetMQException error)
            {
                Answer(id, ZapReply.Temporary($"the handler could not be asked: {error.Message}"));
                return id;
            }

            byte[] number = new byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64BigEndian(number, id);
            byte[][] frames =
            [
                [], Encoding.ASCII.GetBytes(Version), number, Encoding.ASCII.GetBytes(domain), Encoding.ASCII.GetBytes(address),
                request.Identity.ToArray(), Encoding.ASCII.GetBytes(request.Mechanism), .. request.Credentials,
            ];
            if (!_socket.TrySendMultipartBytes(TimeSpan.Zero, frames))
            {
                Answer(id, ZapReply.Temporary($"the handler at {Endpoint} takes no request"));
            }

            return id;
        }
    }

    /// <summary>The connection that asked has ended.</summary>
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
                // An answer that belongs to no request is nobody's.
                if (frames.Count >= 3 && frames[2].Length == sizeof(ulong))
                {
                    Answer(BinaryPrimitives.ReadUInt64BigEndian(frames[2]), Parse(frames));
                }
            }
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

    /// <summary>Reads a reply; one that does not follow the specification lets nobody in.</summary>
    internal static ZapReply Parse(List<byte[]> frames)
    {
        if (frames.Count != 7)
            return ZapReply.Faulty($"the reply of the handler has {frames.Count} frames with the delimiter, expected were 7");
        if (frames[0].Length != 0)
            return ZapReply.Faulty("the reply of the handler does not begin with an empty frame");
        if (Encoding.ASCII.GetString(frames[1]) != Version)
            return ZapReply.Faulty($"the reply of the handler is not of version {Version}");
        string code = Encoding.ASCII.GetString(frames[3]);
        if (code is not ("200" or "300" or "400" or "500"))
            return ZapReply.Faulty("the status code of the handler is none of 200, 300, 400 and 500");
        if (frames[5].Length > 255)
            return ZapReply.Faulty($"the user id of the handler has {frames[5].Length} characters, the most is 255");
        if (!Metadata.TryParse(frames[6], Metadata.DefaultMaxProperties, out Metadata? metadata, out string? error))
            return ZapReply.Faulty($"the reply of the handler is malformed: {error}");
        return new ZapReply(code, Encoding.ASCII.GetString(frames[4]), Encoding.ASCII.GetString(frames[5]), metadata);
    }
}

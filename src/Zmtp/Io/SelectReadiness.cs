using System.Net;
using System.Net.Sockets;

namespace Actors.Zmtp.Io;

/// <summary>Readiness by <see cref="Socket.Select(System.Collections.IList, System.Collections.IList, System.Collections.IList, int)"/>, which every system has; woken by a datagram to itself.</summary>
internal sealed class SelectReadiness : IReadiness
{
    private readonly Dictionary<Socket, (IReadyHandler Handler, Ready Interest)> _watched = [];
    private readonly List<Socket> _read = [];
    private readonly List<Socket> _write = [];
    private readonly List<Socket> _error = [];
    private readonly Socket _wake;
    private readonly byte[] _datagram = new byte[16];
    private int _woken;

    public SelectReadiness()
    {
        _wake = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        _wake.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _wake.Connect(_wake.LocalEndPoint!);
        _wake.Blocking = false;
    }

    public void Watch(Socket socket, IReadyHandler handler, Ready interest) => _watched[socket] = (handler, interest);

    public void Forget(Socket socket) => _watched.Remove(socket);

    public bool Wait(int milliseconds)
    {
        _read.Clear();
        _write.Clear();
        _error.Clear();
        _read.Add(_wake);
        foreach ((Socket socket, (IReadyHandler _, Ready interest)) in _watched)
        {
            if (interest.HasFlag(Ready.Read))
            {
                _read.Add(socket);
            }

            if (interest.HasFlag(Ready.Write))
            {
                _write.Add(socket);
                // A failed attempt to connect is told here on some systems.
                _error.Add(socket);
            }
        }

        int microseconds = milliseconds < 0 ? -1 : (int)Math.Min(milliseconds * 1000L, int.MaxValue);
        Socket.Select(_read, _write, _error, microseconds);
        bool any = _read.Count + _write.Count + _error.Count > 0;
        if (_read.Remove(_wake))
        {
            Volatile.Write(ref _woken, 0);
            _wake.Receive(_datagram, SocketFlags.None, out SocketError _);
        }

        foreach (Socket failed in _error)
        {
            if (!_write.Contains(failed))
            {
                _write.Add(failed);
            }
        }

        foreach (Socket socket in _write)
        {
            Tell(socket, _read.Remove(socket) ? Ready.Read | Ready.Write : Ready.Write);
        }

        foreach (Socket socket in _read)
        {
            Tell(socket, Ready.Read);
        }

        return any;
    }

    public void Wake()
    {
        if (Interlocked.Exchange(ref _woken, 1) == 0)
        {
            _wake.Send(_datagram.AsSpan(0, 1), SocketFlags.None, out SocketError _);
        }
    }

    public void Dispose() => _wake.Dispose();

    private void Tell(Socket socket, Ready ready)
    {
        // A handler before this one may have ended the watching, or changed what is watched for.
        if (_watched.TryGetValue(socket, out (IReadyHandler Handler, Ready Interest) watched) && (ready & watched.Interest) != 0)
        {
            watched.Handler.Tell(ready & watched.Interest);
        }
    }
}

using System.Net;
using System.Net.Sockets;
using Actors.Zmtp.Io;
using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Transports;

/// <summary>A listening TCP socket.</summary>
internal sealed class TcpListener : SocketListener
{
    private readonly TcpSettings _settings;

    private TcpListener(Socket socket, Reactor reactor, TcpSettings settings, IAcceptHandler handler)
        : base(socket, TcpAddresses.ToEndpoint(socket.LocalEndPoint), reactor, handler)
    {
        _settings = settings;
    }

    /// <summary>Takes the address.</summary>
    /// <exception cref="ZmqException">The system refused; a port that is taken is an <see cref="AddressAlreadyInUseException"/>.</exception>
    public static TcpListener Listen(EndpointAddress endpoint, Reactor reactor, TcpSettings settings, IAcceptHandler handler)
    {
        IPAddress address = TcpAddresses.ResolveLocal(endpoint, settings.IPv4Only);
        Socket socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Blocking = false;
            if (address.Equals(IPAddress.IPv6Any))
            {
                // "*" and "[::]" take peers of IPv4 too, as libzmq has it.
                socket.DualMode = true;
            }

            // SocketOptionName.ReuseAddress is not set: it would let two sockets share the port. The runtime itself lets
            // a port be bound again whose old connections have not quite gone.
            settings.ApplyBuffers(socket);
            socket.Bind(new IPEndPoint(address, endpoint.Port));
            socket.Listen(settings.Backlog);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw ZmqException.Of(e.SocketErrorCode, $"Bind to \"{endpoint}\": {e.Message}.", e);
        }

        return new TcpListener(socket, reactor, settings, handler);
    }

    protected override SocketStream ToStream(Socket accepted)
    {
        _settings.Apply(accepted);
        return TcpAddresses.ToStream(accepted, Reactor);
    }

    // A process that is just being started has this descriptor too, until its program runs: closing alone would leave
    // the port taken that long.
    protected override void OnForgotten(Socket listening) => listening.Shutdown(SocketShutdown.Both);
}

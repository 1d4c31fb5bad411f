using Actors.Zmtp;
using Actors.Zmtp.Protocol;
using Akka.Actor;

namespace Actors.Remoting.Sockets;

/// <summary>Binds the socket of a node, and says by which address other nodes reach it.</summary>
internal static class Binding
{
    private static int s_lastInproc;

    /// <exception cref="ZmqException">The address is in use, or is none of this machine.</exception>
    public static Address Bind(ZmqSocket socket, ZmqRemoteSettings settings, string system)
    {
        if (settings.Transport == ZmqRemoteTransport.Inproc) return new Address(ZmqTransport.Scheme, system, settings.PublicHost, BindInproc(socket, settings));
        socket.Bind(RemoteEndpoint.Tcp(settings.BindHost, settings.Port));
        var port = EndpointAddress.Parse(socket.Options.LastEndpoint!, EndpointUse.Bind).Port;
        return new Address(ZmqTransport.Scheme, system, settings.PublicHost, settings.PublicPort == 0 ? port : settings.PublicPort);
    }

    private static int BindInproc(ZmqSocket socket, ZmqRemoteSettings settings)
    {
        var asked = settings.PublicPort == 0 ? settings.Port : settings.PublicPort;
        if (asked != 0)
        {
            socket.Bind(RemoteEndpoint.Inproc(settings.PublicHost, asked));
            return asked;
        }
        for (var attempt = 0; ; attempt++)
        {
            var port = (Interlocked.Increment(ref s_lastInproc) & ushort.MaxValue) is > 0 and var next ? next : 1;
            try
            {
                socket.Bind(RemoteEndpoint.Inproc(settings.PublicHost, port));
                return port;
            }
            catch (AddressAlreadyInUseException) when (attempt < ushort.MaxValue)
            {
                // A number that the settings of another system name.
            }
        }
    }
}

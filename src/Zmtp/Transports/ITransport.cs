using System.Net;
using Actors.Zmtp.Connections;
using Actors.Zmtp.Io;
using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Transports;

/// <summary>A way to carry connections of bytes.</summary>
internal interface ITransport
{
    /// <summary>Listens at an address; on any thread but the I/O thread, or on it.</summary>
    /// <exception cref="ZmqException">The address cannot be listened at.</exception>
    IListener Listen(EndpointAddress address, Reactor reactor, ConnectionSettings settings, IAcceptHandler handler);

    /// <summary>Begins to connect, on the I/O thread. The handler hears of the end later, not within this call.</summary>
    IConnectAttempt Connect(EndpointAddress address, Reactor reactor, ConnectionSettings settings, IConnectHandler handler);
}

internal sealed class IpcTransport : ITransport
{
    public IListener Listen(EndpointAddress address, Reactor reactor, ConnectionSettings settings, IAcceptHandler handler)
        => IpcListener.Listen(address, reactor, settings.Tcp, handler);

    public IConnectAttempt Connect(EndpointAddress address, Reactor reactor, ConnectionSettings settings, IConnectHandler handler)
        => IpcConnectAttempt.Start(address, reactor, settings.Tcp, handler);
}

internal sealed class TcpTransport : ITransport
{
    public AddressResolver Resolver { get; init; } = Dns.GetHostAddressesAsync;

    public IListener Listen(EndpointAddress address, Reactor reactor, ConnectionSettings settings, IAcceptHandler handler)
        => TcpListener.Listen(address, reactor, settings.Tcp, handler);

    public IConnectAttempt Connect(EndpointAddress address, Reactor reactor, ConnectionSettings settings, IConnectHandler handler)
        => TcpConnectAttempt.Start(address, reactor, settings.Tcp, Resolver, handler);
}

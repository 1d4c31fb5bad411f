using System.Net.Sockets;
using Actors.Zmtp.Connections;
using Actors.Zmtp.Io;
using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Transports.WebSocket;

/// <summary>Listens at a tcp endpoint, and hands on what was upgraded to WebSocket.</summary>
internal sealed class WebSocketListener : IListener, IAcceptHandler
{
    /// <summary>Upgrades that may be under way at once; with one more the oldest of them ends.</summary>
    private const int MaxUpgrades = 1024;

    private readonly EndpointAddress _address;
    private readonly Reactor _reactor;
    private readonly ConnectionSettings _settings;
    private readonly IAcceptHandler _handler;
    private readonly List<WebSocketServerUpgrade> _upgrades = [];
    private IListener? _tcp;

    private WebSocketListener(EndpointAddress address, Reactor reactor, ConnectionSettings settings, IAcceptHandler handler)
    {
        _address = address;
        _reactor = reactor;
        _settings = settings;
        _handler = handler;
    }

    public string Endpoint => WebSocketTransport.ToEndpoint(_tcp!.Endpoint) + _address.Path;

    /// <exception cref="ZmqException">The address cannot be listened at.</exception>
    public static WebSocketListener Listen(ITransport tcp, EndpointAddress address, Reactor reactor, ConnectionSettings settings, IAcceptHandler handler)
    {
        WebSocketListener listener = new(address, reactor, settings, handler);
        listener._tcp = tcp.Listen(address.Below, reactor, settings, listener);
        return listener;
    }

    public void Start() => _tcp!.Start();

    public void OnAccepted(IByteStream stream)
    {
        if (_upgrades.Count == MaxUpgrades)
        {
            WebSocketServerUpgrade oldest = _upgrades[0];
            oldest.Cancel();
            OnUpgradeFailed(oldest, SocketError.TimedOut);
        }

        WebSocketServerUpgrade upgrade = new(stream, _reactor, _settings, _address.Path, this);
        _upgrades.Add(upgrade);
        upgrade.Start(default);
    }

    public void OnAcceptFailed(SocketError error) => _handler.OnAcceptFailed(error);

    public void OnCloseFailed(ErrorCode error) => _handler.OnCloseFailed(error);

    public void OnFault(Exception fault) => _handler.OnFault(fault);

    public void OnUpgraded(WebSocketServerUpgrade upgrade, ZwsStream stream)
    {
        _upgrades.Remove(upgrade);
        _handler.OnAccepted(stream);
    }

    public void OnUpgradeFailed(WebSocketServerUpgrade upgrade, SocketError error)
    {
        _upgrades.Remove(upgrade);
        _handler.OnAcceptFailed(error);
    }

    public void OnUpgradeFault(WebSocketServerUpgrade upgrade, Exception fault)
    {
        _upgrades.Remove(upgrade);
        _handler.OnFault(fault);
    }

    /// <summary>Connections that are not upgraded yet end too.</summary>
    public void Close()
    {
        _tcp!.Close();
        foreach (WebSocketServerUpgrade upgrade in _upgrades)
        {
            upgrade.Cancel();
        }

        _upgrades.Clear();
    }
}

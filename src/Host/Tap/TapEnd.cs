using System.Collections.Concurrent;
using Actors.Host.Commands;
using Actors.Host.Commands.Sockets;
using Actors.Zmtp;

namespace Actors.Host.Tap;

/// <summary>One end of a tap: its socket, and the peers that are connected there.</summary>
internal sealed class TapEnd : IDisposable
{
    private readonly ConcurrentDictionary<string, string> _peers = new(StringComparer.Ordinal);
    private readonly SocketPlan _plan;
    private readonly List<string> _endpoints = [];

    private TapEnd(SocketPlan plan, ZmqSocketType type)
    {
        _plan = plan;
        Socket = TapTypes.Create(type);
    }

    public ZmqSocket Socket { get; }

    /// <summary>The endpoints in force, with real ports.</summary>
    public IReadOnlyList<string> Endpoints => _endpoints;

    /// <summary>A ROUTER puts the routing id of the peer in front of its messages.</summary>
    public bool IsRouter => Socket.Type == ZmqSocketType.Router;

    /// <exception cref="ToolException">An endpoint cannot be used.</exception>
    public static TapEnd Open(SocketPlan plan, ZmqSocketType type, int? highWaterMark, Action<SocketEvent> dropped)
    {
        var end = new TapEnd(plan, type);
        try
        {
            plan.Apply(end.Socket.Options);
            end.Configure(highWaterMark);
            end.Socket.Monitor(SocketEvents.HandshakeSucceeded | SocketEvents.Disconnected | SocketEvents.MessagesDropped, what =>
            {
                if (what.Kind == SocketEvents.MessagesDropped) dropped(what);
                else end.Take(what);
            });
            end.OpenEndpoints();
            return end;
        }
        catch
        {
            end.Socket.Options.Linger = TimeSpan.Zero;
            end.Dispose();
            throw;
        }
    }

    /// <summary>Who has sent a message: of a ROUTER the peer of its first frame, otherwise the peer where there is only one; null where that is not known.</summary>
    public string? PeerOf(ReadOnlyMemory<byte> first)
    {
        var key = IsRouter ? Convert.ToHexString(first.Span) : "";
        foreach (var (address, id) in _peers)
        {
            if (IsRouter ? id == key : _peers.Count == 1) return address;
        }
        return null;
    }

    /// <summary>Takes no more from the peers than what has arrived.</summary>
    public void EndConnections()
    {
        foreach (var endpoint in _plan.Bind.Select((_, i) => _endpoints[i])) Socket.Unbind(endpoint);
        foreach (var endpoint in _plan.Connect) Socket.Disconnect(endpoint);
    }

    public void Dispose() => Socket.Dispose();

    private void Configure(int? highWaterMark)
    {
        if (highWaterMark is { } most)
        {
            Socket.Options.SendHighWatermark = most;
            Socket.Options.ReceiveHighWatermark = most;
        }
        // What cannot go on stays with its sender.
        Socket.Options.DelayAttachOnConnect = Socket.Type is ZmqSocketType.Push or ZmqSocketType.Dealer;
        // A reply waits for a peer that is slow, and is reported where the peer has gone.
        if (IsRouter) Socket.Options.RouterMandatory = true;
    }

    private void OpenEndpoints()
    {
        foreach (var endpoint in _plan.Bind)
        {
            Use(endpoint, () => Socket.Bind(endpoint));
            _endpoints.Add(Socket.Options.LastEndpoint ?? endpoint);
        }
        foreach (var endpoint in _plan.Connect)
        {
            Use(endpoint, () => Socket.Connect(endpoint));
            _endpoints.Add(endpoint);
        }
    }

    private void Take(SocketEvent what)
    {
        if (what.Kind == SocketEvents.HandshakeSucceeded) _peers[what.PeerAddress] = Convert.ToHexString(what.RoutingId.Span);
        else _peers.TryRemove(what.PeerAddress, out _);
    }

    private static void Use(string endpoint, Action open)
    {
        try
        {
            open();
        }
        catch (Exception fault) when (fault is ZmqException or System.Net.Sockets.SocketException)
        {
            throw new ToolException(fault is AddressAlreadyInUseException ? $"{endpoint} is in use by another socket of this machine" : $"{endpoint} cannot be used: {fault.Message}");
        }
    }
}

using Actors.Transport;

namespace Actors.Grains.Gateway;

/// <summary>The calls in flight of a gateway, by client, within its bounds.</summary>
/// <remarks>Belongs to one actor; not safe for concurrent use.</remarks>
internal sealed class GatewayBook(GatewaySettings settings)
{
    private readonly Dictionary<ReadOnlyMemory<byte>, GatewayClient> _clients = new(RoutingIdComparer.Instance);

    /// <summary>Calls in flight.</summary>
    public int InFlight { get; private set; }

    /// <summary>Octets of the calls in flight.</summary>
    public long Octets { get; private set; }

    /// <summary>Clients that have calls in flight.</summary>
    public int Clients => _clients.Count;

    /// <summary>All calls in flight. Taken out while it is enumerated they may not be.</summary>
    public IEnumerable<GatewayCall> All => _clients.Values.SelectMany(client => client.Calls);

    /// <summary>The calls in flight of a client.</summary>
    public IReadOnlyList<GatewayCall> Of(ReadOnlyMemory<byte> routingId) => _clients.TryGetValue(routingId, out var client) ? [.. client.Calls] : [];

    /// <summary>The client, when a call of that size may begin; otherwise which bound it exceeds.</summary>
    public GatewayClient? Admit(ReadOnlyMemory<byte> routingId, long size, out string? exceeded)
    {
        _clients.TryGetValue(routingId, out var client);
        exceeded =
            InFlight >= settings.MaxInFlight ? $"{settings.MaxInFlight} calls are in flight"
            : client?.InFlight >= settings.MaxInFlightPerClient ? $"{settings.MaxInFlightPerClient} calls of this client are in flight"
            : Octets + size > settings.MaxOctetsInFlight ? $"the calls in flight have {Octets} octets, and with this one more than {settings.MaxOctetsInFlight}"
            : null;
        return exceeded is null ? client ?? new GatewayClient(routingId) : null;
    }

    public void Add(GatewayCall call)
    {
        if (call.Client.InFlight == 0) _clients[call.Client.RoutingId] = call.Client;
        call.Client.Add(call);
        InFlight++;
        Octets += call.Size;
    }

    public void Remove(GatewayCall call)
    {
        call.Client.Remove(call);
        if (call.Client.InFlight == 0) _clients.Remove(call.Client.RoutingId);
        InFlight--;
        Octets -= call.Size;
    }
}

/// <summary>A connection that has calls in flight. Behind a proxy, it is that of all of its clients.</summary>
internal sealed class GatewayClient(ReadOnlyMemory<byte> routingId)
{
    private GatewayCall? _first;
    private CallIds _ids;

    public ReadOnlyMemory<byte> RoutingId => routingId;

    public int InFlight { get; private set; }

    public IEnumerable<GatewayCall> Calls
    {
        get
        {
            for (var call = _first; call is not null; call = call.After) yield return call;
        }
    }

    /// <summary>The id of the call that a request makes.</summary>
    public CallId IdOf(RequestId request) => _ids.Of(request);

    public void Add(GatewayCall call)
    {
        call.After = _first;
        if (_first is not null) _first.Before = call;
        _first = call;
        InFlight++;
    }

    public void Remove(GatewayCall call)
    {
        if (call.Before is null) _first = call.After;
        else call.Before.After = call.After;
        if (call.After is not null) call.After.Before = call.Before;
        InFlight--;
    }
}

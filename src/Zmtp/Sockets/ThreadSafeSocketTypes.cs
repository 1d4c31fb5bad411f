using Actors.Zmtp.Patterns;

namespace Actors.Zmtp;

/// <summary>CLIENT (RFC 41): sends to all its SERVER peers in turn, and receives from them.</summary>
public sealed class ClientSocket() : ThreadSafeSocket(ZmqSocketType.Client, static core => new DealerPattern(core, singlePart: true));

/// <summary>SERVER (RFC 41): a received message bears the routing id of its CLIENT in <see cref="Msg.RoutingId"/>, and a message to be sent names it there.</summary>
public sealed class ServerSocket() : ThreadSafeSocket(ZmqSocketType.Server, static core => new ServerPattern(core));

/// <summary>SCATTER (RFC 49): sends to all its GATHER peers in turn.</summary>
public sealed class ScatterSocket() : ThreadSafeSocket(ZmqSocketType.Scatter, static core => new PushPattern(core));

/// <summary>GATHER (RFC 49): receives from all its SCATTER peers in turn.</summary>
public sealed class GatherSocket() : ThreadSafeSocket(ZmqSocketType.Gather, static core => new PullPattern(core, singlePart: true));

/// <summary>CHANNEL (RFC 52): talks to exactly one CHANNEL peer.</summary>
public sealed class ChannelSocket() : ThreadSafeSocket(ZmqSocketType.Channel, static core => new PairPattern(core, singlePart: true));

/// <summary>RADIO (RFC 48): sends each message to the DISH peers that joined its <see cref="Msg.Group"/>.</summary>
public sealed class RadioSocket() : ThreadSafeSocket(ZmqSocketType.Radio, static core => new RadioPattern(core));

/// <summary>DISH (RFC 48): receives what RADIO peers send to the groups that it has joined; <see cref="Msg.Group"/> says to which.</summary>
public sealed class DishSocket() : ThreadSafeSocket(ZmqSocketType.Dish, static core => new DishPattern(core))
{
    /// <summary>Joins a group: from then on what peers send to exactly this name is received.</summary>
    /// <exception cref="InvalidException">The group was joined before, or is no name of at most 255 bytes without a zero.</exception>
    public void Join(string group) => Use(pattern => ((DishPattern)pattern).Join(group));

    /// <summary>Leaves a group.</summary>
    /// <exception cref="InvalidException">The group was not joined.</exception>
    public void Leave(string group) => Use(pattern => ((DishPattern)pattern).Leave(group));
}

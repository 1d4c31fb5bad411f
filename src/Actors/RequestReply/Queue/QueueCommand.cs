using Actors.Transport;

namespace Actors;

/// <summary>A command between a queue and a server, docs/protocols/queue.md.</summary>
internal abstract record QueueCommand;

/// <summary>A server is there.</summary>
/// <param name="Version">The version of the protocol.</param>
/// <param name="Server">The server's id, which stays the same when it comes back by another connection.</param>
/// <param name="Capacity">The requests that it works on at once.</param>
/// <param name="Heartbeat">The longest time between two of its messages.</param>
internal sealed record QueueReady(byte Version, Guid Server, uint Capacity, TimeSpan Heartbeat) : QueueCommand;

/// <summary>A request or its reply, which begin with the same frame.</summary>
/// <param name="Number">The request's number.</param>
/// <param name="Body">The frames behind the delimiter.</param>
internal sealed record QueueExchange(ulong Number, Message Body) : QueueCommand;

/// <summary>There will be no reply to that request.</summary>
internal sealed record QueueFail(ulong Number, string Reason) : QueueCommand;

/// <summary>The speaker is there.</summary>
/// <param name="Interval">The longest time between two of its messages.</param>
internal sealed record QueueHeartbeat(TimeSpan Interval) : QueueCommand;

/// <summary>A server takes no more requests; or the queue ends the session.</summary>
internal sealed record QueueGoodbye : QueueCommand;

/// <summary>The peer's last command cannot be followed.</summary>
internal sealed record QueueError(QueueErrorCode Code, string Reason) : QueueCommand;

/// <summary>Why a command cannot be followed. The values are those on the wire.</summary>
internal enum QueueErrorCode : byte
{
    /// <summary>The version of the READY is not spoken here.</summary>
    Version = 1,

    /// <summary>There is no session with that peer, which has to say READY first.</summary>
    NoSession = 2,

    /// <summary>The command is malformed, unknown, or not for this end.</summary>
    Malformed = 3,
}

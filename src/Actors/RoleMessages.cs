using Actors.Transport;

namespace Actors;

/// <summary>To a role: tell the sender <see cref="RoleOpen"/> as soon as all its sockets are open.</summary>
public sealed record WhenOpen
{
    /// <summary>The one instance.</summary>
    public static WhenOpen Instance { get; } = new();
}

/// <summary>A role's sockets are bound and connecting; no peer need be there.</summary>
/// <param name="Role">The role's name.</param>
/// <param name="Endpoints">The endpoints in force: a bound port 0 stands here with the port that the system chose.</param>
public sealed record RoleOpen(string Role, IReadOnlyList<string> Endpoints);

/// <summary>To a role: tell the sender <see cref="RoleReady"/> as soon as it is.</summary>
public sealed record WhenReady
{
    /// <summary>The one instance.</summary>
    public static WhenReady Instance { get; } = new();
}

/// <summary>
/// A role does what it is for from now on: its sockets are bound and connecting, and in a subscribe role that connects, the
/// subscriptions are in force at the publishers. Also published on the event stream, again after each restart of a socket.
/// </summary>
/// <param name="Role">The role's name.</param>
/// <param name="Endpoints">The endpoints in force: a bound port 0 stands here with the port that the system chose.</param>
public sealed record RoleReady(string Role, IReadOnlyList<string> Endpoints);

/// <summary>A socket of the role failed. Published on the event stream.</summary>
/// <param name="Role">The role's name.</param>
/// <param name="Cause">What failed.</param>
/// <param name="RetryIn">When it is tried again; infinite when it is not, and the role stops.</param>
public sealed record RoleFailed(string Role, Exception Cause, TimeSpan RetryIn);

/// <summary>To a role: tell the sender a <see cref="RoleStatus"/>.</summary>
public sealed record GetRoleStatus
{
    /// <summary>The one instance.</summary>
    public static GetRoleStatus Instance { get; } = new();
}

/// <summary>What a role has done so far.</summary>
/// <param name="Role">The role's name.</param>
/// <param name="Endpoints">The endpoints in force; empty until the sockets are open.</param>
/// <param name="Received">Messages received from peers.</param>
/// <param name="Sent">Messages taken by a socket.</param>
/// <param name="Waiting">Messages accepted by the role and not yet taken by a socket.</param>
/// <param name="Dropped">Messages dropped by the role itself; each was also published as <see cref="MessagesDropped"/>.</param>
/// <param name="Peers">Transport connections that stand now.</param>
public sealed record RoleStatus(string Role, IReadOnlyList<string> Endpoints, long Received, long Sent, long Waiting, long Dropped, int Peers);

/// <summary>
/// To a role: tell the sender <see cref="RoleDrained"/> as soon as nothing that it accepted waits for a socket any more. A
/// reply role leaves its queues, and is given no further request by them.
/// </summary>
public sealed record DrainRole
{
    /// <summary>The one instance.</summary>
    public static DrainRole Instance { get; } = new();
}

/// <summary>Everything that the role accepted has been taken by its sockets, which deliver it within their linger time.</summary>
public sealed record RoleDrained(string Role);

/// <summary>To a role that sends: the sender is a producer that waits for <see cref="Demand"/>, and stops when it stops.</summary>
/// <param name="Source">
/// What the producer reads from, where it can read it again from a position on. A role that keeps a journal answers with
/// <see cref="BeginBehind"/> before the first <see cref="Demand"/>; other roles do not look at it.
/// </param>
public sealed record RegisterProducer(string? Source = null)
{
    /// <summary>Of a producer that cannot read anything again.</summary>
    public static RegisterProducer Instance { get; } = new();
}

/// <summary>
/// To a producer that registered with a source: the role has what stands up to this position, so the producer begins
/// behind it. All demand that it was granted before is void. It sends <see cref="SourceMessage"/>s from now on.
/// </summary>
/// <param name="Position">Null when the role has nothing of this source.</param>
public sealed record BeginBehind(long? Position);

/// <summary>To a role that has answered with <see cref="BeginBehind"/>: a message, and where it stands in the producer's source.</summary>
/// <param name="Message">The message.</param>
/// <param name="Position">Greater than those before it. It becomes durable together with the message.</param>
public sealed record SourceMessage(Message Message, long Position);

/// <summary>To a producer: all that it sent up to this position is durable. Until then it may be asked for it again.</summary>
public sealed record StoredUpTo(long Position);

/// <summary>To a producer: so many more messages may be told to the role; they are taken without being refused.</summary>
public sealed record Demand(int Messages);

/// <summary>Published on the event stream: a peer subscribed to a topic of a publish role.</summary>
public sealed record TopicSubscribed(string Role, ReadOnlyMemory<byte> Prefix);

/// <summary>Published on the event stream: the last peer with that subscription ended it or went away.</summary>
public sealed record TopicUnsubscribed(string Role, ReadOnlyMemory<byte> Prefix);

/// <summary>Published on the event stream: a try of a request got no reply, and another follows.</summary>
/// <param name="Role">The request role's name.</param>
/// <param name="Tries">How many tries there were.</param>
/// <param name="Server">Where the last one went.</param>
/// <param name="Cause">Why it ended.</param>
/// <param name="RetryIn">When the next one follows, as soon as a server is connected.</param>
public sealed record RequestRetried(string Role, int Tries, string Server, string Cause, TimeSpan RetryIn);

/// <summary>Published on the event stream: a reply role was asked again for what it does once.</summary>
/// <param name="Role">The reply role's name.</param>
/// <param name="Answered">Whether its reply was sent again; otherwise the work is not done yet, and the reply follows.</param>
public sealed record RequestRepeated(string Role, bool Answered);

/// <summary>The end of a request that no peer answered within its deadline.</summary>
public sealed class RequestTimeoutException : TimeoutException
{
    /// <summary>Names the role, the deadline, and how often the request was sent.</summary>
    public RequestTimeoutException(string role, TimeSpan after, int tries)
        : base($"{role}: no reply within {after.TotalMilliseconds} ms{(tries == 0 ? "; no server took the request" : tries == 1 ? "" : $", in {tries} tries")}")
    {
    }
}

/// <summary>The end of a request that a queue did not take, because too many waited there.</summary>
public sealed class RequestOverloadException : Exception
{
    /// <summary>Names the role and what the queue said.</summary>
    public RequestOverloadException(string role, string why)
        : base($"{role}: the request was refused: {why}")
    {
    }
}

/// <summary>The end of a request whose server, or the queue in front of it, said that there will be no reply.</summary>
public sealed class RequestFailedException : Exception
{
    /// <summary>Names the role and what was said.</summary>
    public RequestFailedException(string role, string why)
        : base($"{role}: the request has failed: {why}")
    {
    }
}

/// <summary>The end of a request whose role or socket stopped before the reply came.</summary>
public sealed class RequestAbortedException : Exception
{
    /// <summary>Names the role and why it stopped.</summary>
    public RequestAbortedException(string role, string why)
        : base($"{role}: the request ended without a reply because {why}")
    {
    }
}

using System.Globalization;
using System.Text;
using Actors.Transport;

namespace Actors;

/// <summary>To a role: answer with <see cref="RoleOpen"/> as soon as all its sockets are open.</summary>
public sealed record WhenOpen
{
    /// <summary>The one instance.</summary>
    public static WhenOpen Instance { get; } = new();
}

/// <summary>A role's sockets are bound and connecting; no peer need be there.</summary>
/// <param name="Role">The role's name.</param>
/// <param name="Endpoints">The endpoints in force, with the port that the system chose in place of a bound port 0.</param>
public sealed record RoleOpen(string Role, IReadOnlyList<string> Endpoints)
{
    private bool PrintMembers(StringBuilder text)
    {
        text.Append($"Role = {Role}, Endpoints = [{string.Join(", ", Endpoints)}]");
        return true;
    }
}

/// <summary>To a role: answer with <see cref="RoleReady"/> as soon as it is ready.</summary>
public sealed record WhenReady
{
    /// <summary>The one instance.</summary>
    public static WhenReady Instance { get; } = new();
}

/// <summary>
/// The role can do its work: its sockets are bound and connecting, and the subscriptions of a subscribe role that connects
/// are in force at the publishers. Also published on the event stream, again after each restart of a socket.
/// </summary>
/// <param name="Role">The role's name.</param>
/// <param name="Endpoints">The endpoints in force, with the port that the system chose in place of a bound port 0.</param>
public sealed record RoleReady(string Role, IReadOnlyList<string> Endpoints)
{
    private bool PrintMembers(StringBuilder text)
    {
        text.Append($"Role = {Role}, Endpoints = [{string.Join(", ", Endpoints)}]");
        return true;
    }
}

/// <summary>A socket of the role failed. Published on the event stream.</summary>
/// <param name="Role">The role's name.</param>
/// <param name="Cause">What failed.</param>
/// <param name="RetryIn">The wait before the next try; infinite when there is none, and the role stops.</param>
public sealed record RoleFailed(string Role, Exception Cause, TimeSpan RetryIn);

/// <summary>To a role: answer with a <see cref="RoleStatus"/>.</summary>
public sealed record GetRoleStatus
{
    /// <summary>The one instance.</summary>
    public static GetRoleStatus Instance { get; } = new();
}

/// <summary>What a role has done so far and what it has in hand.</summary>
/// <param name="Role">The role's name.</param>
/// <param name="Endpoints">The endpoints in force; empty until the sockets are open.</param>
/// <param name="Received">Messages received from peers.</param>
/// <param name="Sent">Messages taken by a socket.</param>
/// <param name="Waiting">Messages accepted by the role and not yet taken by a socket.</param>
/// <param name="Dropped">Messages dropped by the role itself; each was also published as <see cref="MessagesDropped"/>.</param>
/// <param name="Peers">Transport connections that stand now.</param>
public sealed record RoleStatus(string Role, IReadOnlyList<string> Endpoints, long Received, long Sent, long Waiting, long Dropped, int Peers)
{
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Role = {Role}, Endpoints = [{string.Join(", ", Endpoints)}], Received = {Received}, Sent = {Sent}, Waiting = {Waiting}, Dropped = {Dropped}, Peers = {Peers}");
        foreach (var (name, part) in new (string, object?)[] { (nameof(Ledger), Ledger), (nameof(Tasks), Tasks), (nameof(Journal), Journal), (nameof(Queue), Queue), (nameof(Retained), Retained), (nameof(Subscription), Subscription) })
            if (part is not null) text.Append(CultureInfo.InvariantCulture, $", {name} = {part}");
        return true;
    }

    /// <summary>The tasks that an acknowledged push role, or the results that an acknowledged worker role, has sent; null for other roles.</summary>
    public LedgerCounts? Ledger { get; init; }

    /// <summary>The tasks that an acknowledged pull or worker role has received; null for other roles.</summary>
    public ReceivedCounts? Tasks { get; init; }

    /// <summary>The journal's state; null for a role without one.</summary>
    public JournalStatus? Journal { get; init; }

    /// <summary>The requests of a queue role; null for other roles.</summary>
    public QueueCounts? Queue { get; init; }

    /// <summary>What a publish role keeps, and for whom; null for a role that keeps nothing.</summary>
    public RetainedStatus? Retained { get; init; }

    /// <summary>True when peers may have sent what the role has not taken, and it has not finished looking for it.</summary>
    public bool MayHaveUnread { get; init; }

    /// <summary>How far a retained subscription has come; null for other roles.</summary>
    public SubscriptionStatus? Subscription { get; init; }
}

/// <summary>
/// To a role: answer with <see cref="RoleDrained"/> as soon as nothing that it accepted waits for a socket any more. A
/// reply role leaves its queues, which give it no further request.
/// </summary>
public sealed record DrainRole
{
    /// <summary>The one instance.</summary>
    public static DrainRole Instance { get; } = new();
}

/// <summary>Everything that the role accepted has been taken by its sockets, which deliver it within their linger time.</summary>
public sealed record RoleDrained(string Role);

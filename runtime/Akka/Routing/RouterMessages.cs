using Akka.Actor;

namespace Akka.Routing;

/// <summary>A message for the head of a router; it is not routed.</summary>
public abstract class RouterManagementMessage
{
}

public static class RouterMessage
{
    public static readonly GetRoutees GetRoutees = GetRoutees.Instance;
}

/// <summary>Asks a router for its current routees; the answer is <see cref="Routees"/>.</summary>
public sealed class GetRoutees : RouterManagementMessage
{
    public static GetRoutees Instance { get; } = new();
}

/// <summary>The answer to <see cref="GetRoutees"/>.</summary>
public sealed class Routees
{
    public Routees(IEnumerable<Routee> routees)
    {
        Members = routees.ToArray();
    }

    public IEnumerable<Routee> Members { get; }
}

/// <summary>Adds a routee. The router watches it, but does not supervise it.</summary>
public sealed class AddRoutee : RouterManagementMessage
{
    public AddRoutee(Routee routee)
    {
        ArgumentNullException.ThrowIfNull(routee);
        Routee = routee;
    }

    public Routee Routee { get; }
}

/// <summary>Removes a routee. One that a pool has created is also stopped, after what is already in its mailbox.</summary>
public sealed class RemoveRoutee : RouterManagementMessage
{
    public RemoveRoutee(Routee routee)
    {
        ArgumentNullException.ThrowIfNull(routee);
        Routee = routee;
    }

    public Routee Routee { get; }
}

/// <summary>Grows (positive) or shrinks (negative) a pool by that many routees.</summary>
public sealed class AdjustPoolSize : RouterManagementMessage
{
    public AdjustPoolSize(int change)
    {
        Change = change;
    }

    public int Change { get; }
}

/// <summary>Tells a pool with a resizer to look at its size now; its cell sends it, too.</summary>
public class Resize : RouterManagementMessage
{
}

/// <summary>An envelope that a router opens: the routee receives what is inside.</summary>
public class RouterEnvelope
{
    public RouterEnvelope(object message)
    {
        ArgumentNullException.ThrowIfNull(message);
        Message = message;
    }

    public object Message { get; }
}

/// <summary>Goes to all routees, whatever the routing logic.</summary>
public class Broadcast : RouterEnvelope
{
    public Broadcast(object message)
        : base(message)
    {
    }
}

using Akka.Actor;
using Akka.Event;

namespace Actors.Grains.Gateway;

/// <summary>Calls that have ended, on their way from the threads of grains to the role: it is woken once for as many as have gathered.</summary>
/// <remarks>Any thread adds; the role takes.</remarks>
internal sealed class GatewayReplies(IActorRef role)
{
    private GatewayCall? _newest;

    public void Add(GatewayCall ended)
    {
        var newest = Volatile.Read(ref _newest);
        while (true)
        {
            ended.NextEnded = newest;
            var seen = Interlocked.CompareExchange(ref _newest, ended, newest);
            if (ReferenceEquals(seen, newest)) break;
            newest = seen;
        }
        if (newest is null) role.Tell(CallsEnded.Instance, role);
    }

    /// <summary>All that have ended, the first one first, linked by <see cref="GatewayCall.NextEnded"/>; null when there is none.</summary>
    public GatewayCall? Take()
    {
        GatewayCall? first = null;
        for (var ended = Interlocked.Exchange(ref _newest, null); ended is not null;)
        {
            var before = ended.NextEnded;
            ended.NextEnded = first;
            first = ended;
            ended = before;
        }
        return first;
    }
}

/// <summary>A gateway to itself: calls have ended.</summary>
internal sealed record CallsEnded : IDeadLetterSuppression
{
    public static CallsEnded Instance { get; } = new();
}

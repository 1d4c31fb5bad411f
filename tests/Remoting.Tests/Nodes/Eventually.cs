using Akka.Actor;

namespace Remoting.Tests.Nodes;

/// <summary>For what is at most once and may be lost while a node comes back: asks until there is an answer.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Attempt = TimeSpan.FromMilliseconds(500);

    public static async Task<T> Ask<T>(ActorSelection actor, T message)
    {
        for (var attempt = 0; attempt < Patience.Limit / Attempt; attempt++)
        {
            try
            {
                return await actor.Ask<T>(message, Attempt).ConfigureAwait(false);
            }
            catch (AskTimeoutException)
            {
                // It was lost.
            }
        }
        throw new TimeoutException($"Missing after {Patience.Limit.TotalSeconds} s: an answer of {actor.PathString} at {actor.Anchor}.");
    }
}

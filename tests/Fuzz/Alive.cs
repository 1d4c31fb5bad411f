using Actors.Zmtp;

namespace Fuzz;

/// <summary>A peer that behaves sends a message to a socket that strangers have talked to.</summary>
internal static class Alive
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <exception cref="TimeoutException">The message did not arrive.</exception>
    public static void Check(ZmqSocket peer, ZmqSocket target, string endpoint, long number)
    {
        var sign = $"alive {number}";
        peer.Options.Linger = Patience;
        peer.Connect(endpoint);
        peer.SendFrame(sign);
        // What strangers have managed to send comes first.
        while (target.TryReceiveFrameString(Patience, out var text))
            if (text == sign) return;
        throw new TimeoutException($"the message of a peer that behaves did not arrive within {Patience.TotalSeconds} s");
    }
}

namespace Actors.Zmtp;

/// <summary>What can send frames.</summary>
public interface IOutgoingSocket
{
    /// <summary>Sends one frame.</summary>
    /// <param name="msg">The frame; empty after success, untouched after a timeout.</param>
    /// <param name="timeout">How long to wait for a peer that can take the message; zero does not wait, a negative time waits without end.</param>
    /// <param name="more">Another frame of the same message follows.</param>
    /// <returns>The frame was taken; false means that the time was over first.</returns>
    bool TrySend(ref Msg msg, TimeSpan timeout, bool more);
}

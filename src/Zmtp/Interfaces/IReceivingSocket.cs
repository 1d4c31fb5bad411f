namespace Actors.Zmtp;

/// <summary>What can receive frames.</summary>
public interface IReceivingSocket
{
    /// <summary>Receives one frame.</summary>
    /// <param name="msg">Closed first, and then the frame; untouched after a timeout.</param>
    /// <param name="timeout">How long to wait for a message; zero does not wait, a negative time waits without end.</param>
    /// <returns>A frame was received; false means that the time was over first.</returns>
    bool TryReceive(ref Msg msg, TimeSpan timeout);
}

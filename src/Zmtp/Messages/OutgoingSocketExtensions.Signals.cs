namespace Actors.Zmtp;

public static partial class OutgoingSocketExtensions
{
    /// <summary>Sends the signal that all is well, which <see cref="ReceivingSocketExtensions.ReceiveSignal"/> waits for.</summary>
    public static void SignalOK(this IOutgoingSocket socket) => socket.SendFrame(Signal.Bytes(Signal.Ok));

    /// <summary>Sends the signal that something failed.</summary>
    public static void SignalError(this IOutgoingSocket socket) => socket.SendFrame(Signal.Bytes(Signal.Error));

    /// <summary>Sends the signal that all is well if that is possible at once.</summary>
    public static bool TrySignalOK(this IOutgoingSocket socket) => socket.TrySendFrame(Signal.Bytes(Signal.Ok));

    /// <summary>Sends the signal that something failed if that is possible at once.</summary>
    public static bool TrySignalError(this IOutgoingSocket socket) => socket.TrySendFrame(Signal.Bytes(Signal.Error));
}

using System.Diagnostics;

namespace Actors.Zmtp;

public static partial class ReceivingSocketExtensions
{
    /// <summary>Waits for a signal, and drops messages that are none.</summary>
    /// <returns>True for <see cref="OutgoingSocketExtensions.SignalOK"/>, false for <see cref="OutgoingSocketExtensions.SignalError"/>.</returns>
    public static bool ReceiveSignal(this IReceivingSocket socket)
    {
        TryReceiveSignal(socket, SendReceiveConstants.InfiniteTimeout, out var signal);
        return signal;
    }

    /// <summary>Takes a signal if one is there, and drops messages that are none.</summary>
    public static bool TryReceiveSignal(this IReceivingSocket socket, out bool signal)
    {
        return TryReceiveSignal(socket, TimeSpan.Zero, out signal);
    }

    /// <summary>Waits for a signal for at most the given time, and drops messages that are none.</summary>
    public static bool TryReceiveSignal(this IReceivingSocket socket, TimeSpan timeout, out bool signal)
    {
        ArgumentNullException.ThrowIfNull(socket);
        var began = Stopwatch.GetTimestamp();
        var left = timeout;
        var msg = default(Msg);
        msg.InitEmpty();
        try
        {
            while (socket.TryReceive(ref msg, left))
            {
                var single = !msg.HasMore;
                var found = Signal.TryRead(msg.Slice(), out signal);
                if (single && found)
                    return true;
                if (!single)
                    socket.SkipMultipartMessage();
                if (timeout > TimeSpan.Zero)
                    left = TimeSpan.FromTicks(Math.Max(0, (timeout - Stopwatch.GetElapsedTime(began)).Ticks));
            }

            signal = false;
            return false;
        }
        finally
        {
            msg.Close();
        }
    }
}

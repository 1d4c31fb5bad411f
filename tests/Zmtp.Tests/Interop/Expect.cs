namespace Actors.Zmtp.Tests.Interop;

/// <summary>Waits on our side, with a limit and a message that says what was missing.</summary>
internal static class Expect
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Receives a message; the frames as hex, joined by commas, in the form of <see cref="LinePeer"/>.</summary>
    public static string Message(ZmqSocket socket)
    {
        List<byte[]>? frames = null;
        if (!socket.TryReceiveMultipartBytes(Patience, ref frames))
            throw new TimeoutException($"{socket.GetType().Name} received no message within {Patience.TotalSeconds} s.");
        return Hex(frames);
    }

    public static void Message(ZmqSocket socket, string expected) => Assert.Equal(expected, Message(socket));

    /// <summary>Sends a message; the frames as hex, joined by commas.</summary>
    public static void Sent(ZmqSocket socket, string frames)
    {
        if (!socket.TrySendMultipartBytes(Patience, Frames(frames)))
            throw new TimeoutException($"{socket.GetType().Name} could not send {frames} within {Patience.TotalSeconds} s.");
    }

    /// <summary>Waits for an event, and says which one was missing.</summary>
    public static void Set(ManualResetEventSlim signal, string what)
    {
        if (!signal.Wait(Patience))
            throw new TimeoutException($"Within {Patience.TotalSeconds} s there was no {what}.");
    }

    public static byte[][] Frames(string frames) => frames == "-" ? [[]] : [.. frames.Split(',').Select(Convert.FromHexString)];

    private static string Hex(List<byte[]> frames)
    {
        var hex = string.Join(",", frames.Select(frame => Convert.ToHexStringLower(frame)));
        return hex.Length == 0 ? "-" : hex;
    }
}

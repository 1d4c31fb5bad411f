using Actors.Zmtp.Pipes;

namespace Actors.Zmtp.Patterns;

/// <summary>Subscriptions for a socket of the same process: a frame of 1 or 0 and the prefix or group.</summary>
internal static class InprocSubscriptions
{
    public static void Tell(this List<Pipe> pipes, bool subscribe, ReadOnlySpan<byte> prefix)
    {
        foreach (Pipe pipe in pipes)
        {
            if (pipe.IsInproc)
            {
                pipe.Tell(subscribe, prefix);
            }
        }
    }

    public static void Tell(this Pipe pipe, bool subscribe, ReadOnlySpan<byte> prefix)
    {
        byte[] frame = new byte[1 + prefix.Length];
        frame[0] = subscribe ? (byte)1 : (byte)0;
        prefix.CopyTo(frame.AsSpan(1));
        pipe.Out.Write(frame, more: false);
        pipe.Out.Commit();
    }
}

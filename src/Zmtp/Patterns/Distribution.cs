using Actors.Zmtp.Pipes;

namespace Actors.Zmtp.Patterns;

/// <summary>One frame to several pipes.</summary>
internal static class Distribution
{
    /// <summary>Writes a frame to all pipes, and with the last frame of a message makes it readable. A large frame is shared, not copied.</summary>
    public static void WriteToAll(this List<Pipe> pipes, ref Msg msg, bool more)
    {
        if (msg.Size < BlockPool.LargeFrame)
        {
            ReadOnlySpan<byte> bytes = msg.Slice();
            foreach (Pipe pipe in pipes)
            {
                pipe.Out.Write(bytes, more);
                if (!more)
                {
                    pipe.Out.Commit();
                }
            }
        }
        else
        {
            for (int i = 0; i < pipes.Count; i++)
            {
                if (i == pipes.Count - 1 || !msg.CanKeepBuffer)
                {
                    pipes[i].Out.Write(ref msg, more);
                }
                else
                {
                    Msg copy = default;
                    copy.Copy(ref msg);
                    pipes[i].Out.Write(ref copy, more);
                }

                if (!more)
                {
                    pipes[i].Out.Commit();
                }
            }
        }

        msg.Finish();
    }
}

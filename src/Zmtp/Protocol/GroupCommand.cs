using Actors.Zmtp.Connections;

namespace Actors.Zmtp.Protocol;

/// <summary>
/// Joining and leaving a group (https://rfc.zeromq.org/spec/37/, "The Radio-Dish Pattern"):
/// <code>
/// join = command-size %d4 "JOIN" group
/// leave = command-size %d5 "LEAVE" group
/// </code>
/// </summary>
internal static class GroupCommand
{
    public static void Write(ControlBuffer output, bool join, ReadOnlySpan<byte> group)
    {
        ReadOnlySpan<byte> name = join ? "JOIN"u8 : "LEAVE"u8;
        int length = Command.FrameLength(name.Length, group.Length);
        Command.Write(output.GetSpan(length), name, group);
        output.Advance(length);
    }
}

using System.Text;

namespace Actors.Zmtp.Protocol;

/// <summary>
/// The name of a group of RADIO and DISH (https://rfc.zeromq.org/spec/48/, "Group"):
/// <code>
/// group = 0*255group-char
/// group-char = %d1-255
/// </code>
/// </summary>
internal static class GroupName
{
    public const int MaxLength = 255;

    public static bool IsValid(ReadOnlySpan<byte> name) => name.Length <= MaxLength && !name.Contains((byte)0);

    /// <summary>The octets of a name, in UTF-8.</summary>
    /// <exception cref="InvalidException">It is too long, or has a zero octet.</exception>
    public static byte[] Encode(string name)
    {
        Check(name);
        return Encoding.UTF8.GetBytes(name);
    }

    /// <exception cref="InvalidException">The name is too long, or has a zero octet.</exception>
    public static void Check(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        int length = Encoding.UTF8.GetByteCount(name);
        if (length > MaxLength)
        {
            throw new InvalidException($"The group name has {length} bytes in UTF-8, the most is {MaxLength}: \"{name}\".");
        }

        if (name.Contains('\0'))
        {
            throw new InvalidException($"The group name has a zero character, which is no part of a name: \"{name.Replace("\0", "\\0", StringComparison.Ordinal)}\".");
        }
    }
}

using System.Text;

namespace Actors.Zmtp.Protocol;

/// <summary>
/// The refusal during a handshake, which ends the connection (https://rfc.zeromq.org/spec/37/, "The NULL Security Mechanism"):
/// <code>
/// error = command-size %d5 "ERROR" error-reason
/// error-reason = short-size 0*255VCHAR
/// </code>
/// </summary>
internal static class ErrorCommand
{
    private const int MaxReasonLength = 255;
    private const byte Substitute = (byte)'_';

    public static int FrameLength(string reason) => Command.FrameLength(5, 1 + Math.Min(reason.Length, MaxReasonLength));

    /// <summary>Writes the whole frame and returns its length. What is not a visible character, spaces too, becomes "_", as the grammar asks.</summary>
    public static int Write(Span<byte> destination, string reason)
    {
        var length = Math.Min(reason.Length, MaxReasonLength);
        var offset = Command.WriteHeader(destination, "ERROR"u8, 1 + length);
        destination[offset++] = (byte)length;
        foreach (var c in reason.AsSpan(0, length))
            destination[offset++] = c is > ' ' and < '\x7F' ? (byte)c : Substitute;
        return offset;
    }

    /// <summary>Reads the data of an ERROR, without trust: what does not print comes out as "_".</summary>
    public static bool TryParse(ReadOnlySpan<byte> data, out string reason)
    {
        reason = "";
        if (data.Length < 1 || data[0] > data.Length - 1)
            return false;
        var text = new StringBuilder(data[0]);
        foreach (var octet in data.Slice(1, data[0]))
            text.Append((char)(octet is >= (byte)' ' and < 0x7F ? octet : Substitute));
        reason = text.ToString();
        return true;
    }
}

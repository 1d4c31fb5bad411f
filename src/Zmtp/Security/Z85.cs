using System.Buffers.Binary;

namespace Actors.Zmtp.Security;

/// <summary>Binary data as printable text, four octets in five characters (https://rfc.zeromq.org/spec/32/).</summary>
internal static class Z85
{
    private const string Alphabet = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";
    private const byte None = 255;

    private static readonly byte[] s_values = Values();

    public static string Encode(ReadOnlySpan<byte> data)
    {
        if (data.Length % 4 != 0)
            throw new ArgumentException($"Z85 encodes a multiple of 4 octets; there are {data.Length}.", nameof(data));
        char[] text = new char[data.Length / 4 * 5];
        for (int i = 0, t = 0; i < data.Length; i += 4, t += 5)
        {
            uint value = BinaryPrimitives.ReadUInt32BigEndian(data[i..]);
            for (int digit = 4; digit >= 0; digit--)
            {
                text[t + digit] = Alphabet[(int)(value % 85)];
                value /= 85;
            }
        }

        return new string(text);
    }

    /// <summary>Decodes a text; the exception names the first character that is wrong.</summary>
    public static byte[] Decode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length % 5 != 0)
            throw new ArgumentException($"Z85 text has a multiple of 5 characters; there are {text.Length}.", nameof(text));
        byte[] data = new byte[text.Length / 5 * 4];
        for (int t = 0, i = 0; t < text.Length; t += 5, i += 4)
        {
            ulong value = 0;
            for (int digit = t; digit < t + 5; digit++)
            {
                char c = text[digit];
                byte part = c < s_values.Length ? s_values[c] : None;
                if (part == None)
                    throw new ArgumentException($"Z85 text has the character U+{(int)c:X4} at position {digit}, which is none of its 85.", nameof(text));
                value = value * 85 + part;
            }

            if (value > uint.MaxValue)
                throw new ArgumentException($"The five characters of Z85 text at position {t} stand for {value}, more than four octets hold.", nameof(text));
            BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(i), (uint)value);
        }

        return data;
    }

    private static byte[] Values()
    {
        byte[] values = new byte[128];
        Array.Fill(values, None);
        for (int i = 0; i < Alphabet.Length; i++)
            values[Alphabet[i]] = (byte)i;
        return values;
    }
}

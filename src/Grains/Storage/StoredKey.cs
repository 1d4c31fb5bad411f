using System.Text;

namespace Actors.Grains.Storage;

/// <summary>The kind and key of a grain, checked, as a store holds them: UTF-8, whose order is the same in each store.</summary>
/// <remarks>
/// A key and a reminder's name may have any character, also U+0000, and any length. Refused is what UTF-8 cannot carry, the half of a
/// surrogate pair: encoders replace it, and two keys would become one.
/// </remarks>
/// <param name="Kind">Without U+0000, so that databases can hold it as text.</param>
/// <param name="Key">Not empty.</param>
internal readonly record struct StoredKey(byte[] Kind, byte[] Key)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="ArgumentException">The kind or the key cannot be held; the message says why.</exception>
    public static StoredKey Of(string kind, string key)
    {
        if (kind?.Contains('\0') == true) throw new ArgumentException("the grain kind has the character U+0000: expected a name without it", nameof(kind));
        return new StoredKey(Encode(kind, "grain kind"), Encode(key, "grain key"));
    }

    /// <summary>The bytes of a reminder's name.</summary>
    /// <exception cref="ArgumentException">The name cannot be held; the message says why.</exception>
    public static byte[] OfName(string name) => Encode(name, "reminder name");

    /// <summary>The text of bytes that <see cref="Encode"/> has made.</summary>
    public static string Decode(ReadOnlySpan<byte> text) => Strict.GetString(text);

    private static byte[] Encode(string? text, string what)
    {
        if (string.IsNullOrEmpty(text)) throw new ArgumentException($"the {what} is empty: expected at least one character");
        try
        {
            return Strict.GetBytes(text);
        }
        catch (EncoderFallbackException cause)
        {
            throw new ArgumentException($"the {what} has half of a surrogate pair at position {cause.Index}: expected Unicode text", cause);
        }
    }
}

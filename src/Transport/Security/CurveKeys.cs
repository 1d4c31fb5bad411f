using Actors.Zmtp;

namespace Actors.Transport;

/// <summary>Finds the keys of CURVE that settings name.</summary>
internal static class CurveKeys
{
    private const int TextLength = 40;

    /// <summary>The pair of this end, or null where none is named.</summary>
    /// <exception cref="SocketSettingsException">Both are named, or the file has no pair.</exception>
    public static CurveKeyPair? Of(SettingCheck check, string? file, CurveKeyPair? keys)
    {
        if (keys is { HasSecretKey: false }) throw check.Fault("keys", "has only a public key: expected a pair");
        if (file is null) return keys;
        if (keys is not null) throw check.Fault("key-file", "is set beside keys: expected one of the two");
        return Read(check, "key-file", file, CurveKeyFile.Read);
    }

    /// <summary>A public key of 32 bytes.</summary>
    /// <param name="check">Of the section.</param>
    /// <param name="option">The option that has the value.</param>
    /// <param name="value">40 characters of Z85, or a file.</param>
    /// <exception cref="SocketSettingsException">It is neither.</exception>
    public static byte[] PublicKeyOf(SettingCheck check, string option, string value)
    {
        // First, because a path of 40 characters may be one of Z85 as well. No key is the name of a file by chance.
        if (File.Exists(value)) return Read(check, option, value, CurveKeyFile.ReadPublicKey);
        return PublicKey(value) ?? throw check.FileFault(option, $"is \"{value}\", which is neither {TextLength} characters of Z85 nor a file");
    }

    /// <summary>The key that the text is, or null.</summary>
    public static byte[]? PublicKey(string text)
    {
        if (text.Length != TextLength) return null;
        try
        {
            return CurveKeyPair.FromPublicKey(text).PublicKey;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static T Read<T>(SettingCheck check, string option, string file, Func<string, T> read)
    {
        try
        {
            return read(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or FormatException)
        {
            throw check.FileFault(option, $"cannot be read: {fault.Message}");
        }
    }
}

using System.Text;
using Actors.Zmtp;

namespace Actors.Transport;

/// <summary>
/// A file with a key pair of CURVE, which CZMQ (<c>zcert</c>), pyzmq (<c>zmq.auth</c>) and this project write and read: lines
/// <c>public-key = "..."</c> and <c>secret-key = "..."</c>, each with 40 characters of Z85.
/// </summary>
public static class CurveKeyFile
{
    private const string PublicKeyName = "public-key";
    private const string SecretKeyName = "secret-key";

    /// <summary>Reads a pair. A public key that is missing follows from the secret one.</summary>
    /// <exception cref="FormatException">There is no secret key, a key is malformed, or the two do not belong together; names file and line.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static CurveKeyPair Read(string path)
    {
        var (publicKey, secretKey) = Lines(path);
        if (secretKey is not { } secret) throw new FormatException($"{path} has no line {SecretKeyName} = \"...\": expected a key pair");
        var pair = Key(path, secret.Line, SecretKeyName, secret.Text, CurveKeyPair.FromSecretKey);
        if (publicKey is { } known && !Key(path, known.Line, PublicKeyName, known.Text, CurveKeyPair.FromPublicKey).PublicKey.AsSpan().SequenceEqual(pair.PublicKey))
            throw new FormatException($"{path}:{known.Line}: the {PublicKeyName} is not that of the {SecretKeyName}");
        return pair;
    }

    /// <summary>Writes a pair so that only its owner may read it (mode 0600). The file is there whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="pair">With its secret key.</param>
    /// <param name="overwrite">Whether to take the place of a file that is there.</param>
    /// <exception cref="IOException">The file is there and is not to be overwritten, or it cannot be written.</exception>
    public static void Write(string path, CurveKeyPair pair, bool overwrite = false)
    {
        ArgumentNullException.ThrowIfNull(pair);
        if (!pair.HasSecretKey) throw new ArgumentException("The pair has only a public key.", nameof(pair));
        SecretFile.Write(
            path,
            $"""
            #   ZeroMQ CURVE key pair. Whoever has the secret key is this end: keep the file from others.
            #   Give peers the public key only.
            metadata
            curve
                {PublicKeyName} = "{pair.PublicKeyZ85}"
                {SecretKeyName} = "{pair.SecretKeyZ85}"

            """,
            overwrite);
    }

    /// <summary>Reads the public key, of 32 bytes, of a file with a pair, with the public key of one, or with nothing but the key.</summary>
    internal static byte[] ReadPublicKey(string path)
    {
        var (publicKey, secretKey) = Lines(path);
        if (publicKey is { } known) return Key(path, known.Line, PublicKeyName, known.Text, CurveKeyPair.FromPublicKey).PublicKey;
        if (secretKey is { } secret) return Key(path, secret.Line, SecretKeyName, secret.Text, CurveKeyPair.FromSecretKey).PublicKey;
        throw new FormatException($"{path} has neither a line {PublicKeyName} = \"...\" nor one with a key of 40 characters of Z85");
    }

    private static ((int Line, string Text)? PublicKey, (int Line, string Text)? SecretKey) Lines(string path)
    {
        (int, string)? publicKey = null, secretKey = null;
        var lines = File.ReadAllLines(path, Encoding.UTF8);
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (ValueOf(line, PublicKeyName) is { } known) publicKey = (i + 1, known);
            else if (ValueOf(line, SecretKeyName) is { } secret) secretKey = (i + 1, secret);
            else if (publicKey is null && CurveKeys.PublicKey(line) is not null) publicKey = (i + 1, line);
        }
        return (publicKey, secretKey);
    }

    /// <summary>The text behind <c>NAME =</c>, without quotes; null on another line.</summary>
    private static string? ValueOf(string line, string name)
    {
        if (!line.StartsWith(name, StringComparison.Ordinal)) return null;
        var rest = line[name.Length..].TrimStart();
        if (!rest.StartsWith('=')) return null;
        rest = rest[1..].Trim();
        // No character of Z85 is a quote.
        return rest.Length > 1 && rest[0] is '"' or '\'' && rest.IndexOf(rest[0], 1) is > 0 and var end ? rest[1..end] : rest;
    }

    /// <summary>Makes the key, or names the place of a malformed one, without what is secret about it.</summary>
    private static CurveKeyPair Key(string path, int line, string name, string text, Func<string, CurveKeyPair> make)
    {
        try
        {
            return make(text);
        }
        catch (ArgumentException)
        {
            throw new FormatException($"{path}:{line}: the {name} has {text.Length} characters, or some that are not of Z85: expected 40 of Z85");
        }
    }
}

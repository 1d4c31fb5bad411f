using Actors.Zmtp.Security;

namespace Actors.Zmtp;

/// <summary>A permanent key pair of CURVE, or only its public half, as 32 octets each or 40 characters of Z85.</summary>
public sealed class CurveKeyPair
{
    private const int TextLength = 40;

    private readonly byte[] _public;
    private readonly byte[]? _secret;

    /// <summary>A new random key pair.</summary>
    public CurveKeyPair()
    {
        _public = new byte[Box.KeyLength];
        _secret = new byte[Box.KeyLength];
        Box.CreateKeys(_public, _secret);
    }

    /// <summary>A key pair of 32 octets each.</summary>
    /// <exception cref="ArgumentException">A key has another length.</exception>
    public CurveKeyPair(byte[] secretKey, byte[] publicKey)
    {
        _secret = Copy(secretKey, nameof(secretKey));
        _public = Copy(publicKey, nameof(publicKey));
    }

    /// <summary>A key pair of 40 characters each.</summary>
    /// <exception cref="ArgumentException">A key has another length, or is no Z85.</exception>
    public CurveKeyPair(string secretKey, string publicKey)
    {
        _secret = Decode(secretKey, nameof(secretKey));
        _public = Decode(publicKey, nameof(publicKey));
    }

    private CurveKeyPair(byte[] publicKey) => _public = publicKey;

    /// <summary>True if the secret key is there.</summary>
    public bool HasSecretKey => _secret is not null;

    /// <summary>The secret key; null when only the public one is known.</summary>
    public byte[]? SecretKey => (byte[]?)_secret?.Clone();

    /// <summary>The secret key in Z85; null when only the public one is known.</summary>
    public string? SecretKeyZ85 => _secret is null ? null : Z85.Encode(_secret);

    /// <summary>The public key.</summary>
    public byte[] PublicKey => (byte[])_public.Clone();

    /// <summary>The public key in Z85.</summary>
    public string PublicKeyZ85 => Z85.Encode(_public);

    /// <summary>The key pair of a secret key, from which the public one follows.</summary>
    public static CurveKeyPair FromSecretKey(byte[] secretKey) => OfSecret(Copy(secretKey, nameof(secretKey)));

    /// <summary>The key pair of a secret key in Z85, from which the public one follows.</summary>
    public static CurveKeyPair FromSecretKey(string secretKey) => OfSecret(Decode(secretKey, nameof(secretKey)));

    /// <summary>Only the public key, of 32 octets.</summary>
    public static CurveKeyPair FromPublicKey(byte[] publicKey) => new(Copy(publicKey, nameof(publicKey)));

    /// <summary>Only the public key, of 40 characters of Z85.</summary>
    public static CurveKeyPair FromPublicKey(string publicKey) => new(Decode(publicKey, nameof(publicKey)));

    private static CurveKeyPair OfSecret(byte[] secret)
    {
        byte[] publicKey = new byte[Box.KeyLength];
        Box.DerivePublicKey(publicKey, secret);
        return new CurveKeyPair(secret, publicKey);
    }

    private static byte[] Copy(byte[] key, string name)
    {
        ArgumentNullException.ThrowIfNull(key, name);
        return key.Length == Box.KeyLength
            ? (byte[])key.Clone()
            : throw new ArgumentException($"A key has {Box.KeyLength} octets, {name} has {key.Length}.", name);
    }

    private static byte[] Decode(string key, string name)
    {
        ArgumentNullException.ThrowIfNull(key, name);
        if (key.Length != TextLength)
            throw new ArgumentException($"A key in Z85 has {TextLength} characters, {name} has {key.Length}.", name);
        try
        {
            return Z85.Decode(key);
        }
        catch (ArgumentException error)
        {
            throw new ArgumentException($"{name} is no key: {error.Message}", name, error);
        }
    }
}

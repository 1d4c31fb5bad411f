using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Actors.Zmtp.Security;

/// <summary>
/// The cryptographic box of NaCl (https://nacl.cr.yp.to/box.html) with a shared key that is computed once: what one end
/// seals only the other opens, and nobody alters. A box is 16 octets longer than what it holds. The key is wiped on
/// disposal.
/// </summary>
internal sealed unsafe class Box : IDisposable
{
    public const int KeyLength = 32;
    public const int NonceLength = 24;
    public const int Overhead = 16;

    private readonly byte[] _shared;

    static Box()
    {
        try
        {
            if (Sodium.sodium_init() < 0)
                throw new ZmqException(ErrorCode.Fault, "libsodium could not be initialised, so that there is no CURVE.");
        }
        catch (DllNotFoundException error)
        {
            throw new ZmqException(ErrorCode.Fault, "CURVE needs the native library libsodium, which was not found; the NuGet package \"libsodium\" has it for this project's platforms.", error);
        }
    }

    private Box(byte[] shared) => _shared = shared;

    /// <summary>The box between two ends, the same from either side; null for a public key that no honest end has, of low order.</summary>
    public static Box? Between(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> secretKey)
    {
        CheckKey(publicKey);
        CheckKey(secretKey);
        byte[] shared = GC.AllocateArray<byte>(KeyLength, pinned: true);
        fixed (byte* s = shared, p = publicKey, k = secretKey)
            return Sodium.crypto_box_beforenm(s, p, k) == 0 ? new Box(shared) : null;
    }

    /// <summary>A box of one end with itself, of a random key, as for a cookie.</summary>
    public static Box WithRandomKey()
    {
        byte[] shared = GC.AllocateArray<byte>(KeyLength, pinned: true);
        RandomNumberGenerator.Fill(shared);
        return new Box(shared);
    }

    public static void CreateKeys(Span<byte> publicKey, Span<byte> secretKey)
    {
        RandomNumberGenerator.Fill(secretKey);
        DerivePublicKey(publicKey, secretKey);
    }

    public static void DerivePublicKey(Span<byte> publicKey, ReadOnlySpan<byte> secretKey)
    {
        CheckKey(publicKey);
        CheckKey(secretKey);
        fixed (byte* p = publicKey, k = secretKey)
            _ = Sodium.crypto_scalarmult_base(p, k);
    }

    /// <summary>Seals what stands behind the first 16 octets of the buffer, in place; the tag goes before it.</summary>
    public void Seal(Span<byte> buffer, ReadOnlySpan<byte> nonce)
    {
        CheckNonce(nonce);
        Debug.Assert(buffer.Length >= Overhead, "There is room for the tag.");
        fixed (byte* b = buffer, n = nonce, k = _shared)
            _ = Sodium.crypto_box_detached_afternm(b + Overhead, b, b + Overhead, (ulong)(buffer.Length - Overhead), n, k);
    }

    /// <summary>Seals into a destination that is 16 octets longer.</summary>
    public void Seal(Span<byte> destination, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> nonce)
    {
        plain.CopyTo(destination[Overhead..]);
        Seal(destination[..(plain.Length + Overhead)], nonce);
    }

    /// <summary>Opens a box into a destination that has 16 octets less, or begins where the box has them; false when it was not sealed with this key and nonce.</summary>
    public bool TryOpen(ReadOnlySpan<byte> sealedBox, ReadOnlySpan<byte> nonce, Span<byte> destination)
    {
        CheckNonce(nonce);
        int length = sealedBox.Length - Overhead;
        if (length < 0)
            return false;
        if (destination.Length < length)
            throw new ArgumentException($"The destination has {destination.Length} octets, the box holds {length}.", nameof(destination));
        fixed (byte* d = &MemoryMarshal.GetReference(destination), b = sealedBox, n = nonce, k = _shared)
        {
            byte nothing;
            return Sodium.crypto_box_open_detached_afternm(d == null ? &nothing : d, b + Overhead, b, (ulong)length, n, k) == 0;
        }
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_shared);

    private static void CheckKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != KeyLength)
            throw new ArgumentException($"A key has {KeyLength} octets, this one {key.Length}.", nameof(key));
    }

    private static void CheckNonce(ReadOnlySpan<byte> nonce)
    {
        if (nonce.Length != NonceLength)
            throw new ArgumentException($"A nonce has {NonceLength} octets, this one {nonce.Length}.", nameof(nonce));
    }
}

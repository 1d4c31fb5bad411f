using System.Runtime.InteropServices;

namespace Actors.Zmtp.Security;

/// <summary>
/// The functions of libsodium that CURVE needs: crypto_box, which is X25519, XSalsa20 and Poly1305
/// (https://doc.libsodium.org/public-key_cryptography/authenticated_encryption). Safe to call from any thread; keys and
/// nonces have the sizes of <see cref="Box"/>, which checks them.
/// </summary>
internal static unsafe partial class Sodium
{
    private const string Library = "libsodium";

    [LibraryImport(Library)]
    public static partial int sodium_init();

    [LibraryImport(Library)]
    public static partial int crypto_scalarmult_base(byte* publicKey, byte* secretKey);

    [LibraryImport(Library)]
    public static partial int crypto_box_beforenm(byte* shared, byte* publicKey, byte* secretKey);

    [LibraryImport(Library)]
    public static partial int crypto_box_detached_afternm(byte* cipher, byte* tag, byte* plain, ulong length, byte* nonce, byte* shared);

    [LibraryImport(Library)]
    public static partial int crypto_box_open_detached_afternm(byte* plain, byte* cipher, byte* tag, ulong length, byte* nonce, byte* shared);
}

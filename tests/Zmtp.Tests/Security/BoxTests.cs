using Actors.Zmtp.Security;
using Actors.Zmtp.Tests.Protocol;

namespace Actors.Zmtp.Tests.Security;

/// <summary>Published vectors: X25519 of RFC 7748 section 6.1, and the box of NaCl's own tests, which uses the same keys.</summary>
public class BoxTests
{
    private const string AliceSecret = "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a";
    private const string AlicePublic = "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a";
    private const string BobSecret = "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb";
    private const string Nonce = "69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37";
    private const string Plain = "be075fc53c81f2d5cf141316ebeb0c7b5228c52a4c62cbd44b66849b64244ffce5ecbaaf33bd751a1ac728d45e6c61296cdc3c01233561f41db66cce314adb310e3be8250c46f06dceea3a7fa1348057e2f6556ad6b1318a024a838f21af1fde048977eb48f59ffd4924ca1c60902e52f0a089bc76897040e082f937763848645e0705";
    private const string Sealed = "f3ffc7703f9400e52a7dfb4b3d3305d98e993b9f48681273c29650ba32fc76ce48332ea7164d96a4476fb8c531a1186ac0dfc17c98dce87b4da7f011ec48c97271d2c20f9b928fe2270d6fb863d51738b48eeee314a7cc8ab932164548e526ae90224368517acfeabd6bb3732bc0e9da99832b61ca01b6de56244a9e88d5f9b37973f622a43d14a6599b1f654cb45a74e355a5";

    private static byte[] PublicOf(string secret)
    {
        byte[] key = new byte[32];
        Box.DerivePublicKey(key, Octets.Of(secret));
        return key;
    }

    [Fact]
    public void Public_keys_follow_from_secret_ones_as_in_RFC_7748()
    {
        Assert.Equal(AlicePublic, Octets.Hex(PublicOf(AliceSecret)));
        Assert.Equal("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f", Octets.Hex(PublicOf(BobSecret)));
    }

    [Fact]
    public void The_box_of_NaCl_is_sealed_and_opened()
    {
        using var alice = Box.Between(PublicOf(BobSecret), Octets.Of(AliceSecret))!;
        using var bob = Box.Between(PublicOf(AliceSecret), Octets.Of(BobSecret))!;
        byte[] box = new byte[Sealed.Length / 2];
        alice.Seal(box, Octets.Of(Plain), Octets.Of(Nonce));
        Assert.Equal(Sealed, Octets.Hex(box));
        byte[] plain = new byte[box.Length - Box.Overhead];
        Assert.True(bob.TryOpen(box, Octets.Of(Nonce), plain));
        Assert.Equal(Plain, Octets.Hex(plain));
    }

    [Fact]
    public void A_box_opens_in_place()
    {
        using var bob = Box.Between(Octets.Of(AlicePublic), Octets.Of(BobSecret))!;
        byte[] box = Octets.Of(Sealed);
        Assert.True(bob.TryOpen(box, Octets.Of(Nonce), box.AsSpan(Box.Overhead)));
        Assert.Equal(Plain, Octets.Hex(box.AsSpan(Box.Overhead)));
    }

    [Fact]
    public void No_octet_of_a_box_can_be_altered()
    {
        using var bob = Box.Between(Octets.Of(AlicePublic), Octets.Of(BobSecret))!;
        byte[] plain = new byte[Plain.Length / 2];
        for (int i = 0; i < Sealed.Length / 2; i++)
        {
            byte[] box = Octets.Of(Sealed);
            box[i] ^= 1;
            Assert.False(bob.TryOpen(box, Octets.Of(Nonce), plain), $"octet {i} was altered");
        }
    }

    [Fact]
    public void A_key_of_low_order_makes_no_box() => Assert.Null(Box.Between(new byte[32], Octets.Of(AliceSecret)));

    [Fact]
    public void An_empty_box_and_one_too_short()
    {
        using var box = Box.WithRandomKey();
        byte[] empty = new byte[Box.Overhead];
        box.Seal(empty, Octets.Of(Nonce));
        Assert.True(box.TryOpen(empty, Octets.Of(Nonce), []));
        Assert.False(box.TryOpen(empty.AsSpan(1), Octets.Of(Nonce), []));
    }
}

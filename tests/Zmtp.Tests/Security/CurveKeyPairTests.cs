namespace Actors.Zmtp.Tests.Security;

public class CurveKeyPairTests
{
    // The pair of the documentation of zmq_curve(7), a server's.
    private const string Public = "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7";
    private const string Secret = "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6";

    [Fact]
    public void The_public_key_follows_from_the_secret_one()
    {
        var pair = CurveKeyPair.FromSecretKey(Secret);
        Assert.Equal(Public, pair.PublicKeyZ85);
        Assert.Equal(Secret, pair.SecretKeyZ85);
        Assert.Equal(pair.PublicKey, CurveKeyPair.FromSecretKey(pair.SecretKey!).PublicKey);
    }

    [Fact]
    public void Two_new_ones_differ_and_are_pairs()
    {
        var one = new CurveKeyPair();
        Assert.NotEqual(one.SecretKey, new CurveKeyPair().SecretKey);
        Assert.Equal(one.PublicKey, CurveKeyPair.FromSecretKey(one.SecretKey!).PublicKey);
        Assert.True(one.HasSecretKey);
    }

    [Fact]
    public void A_public_key_alone()
    {
        var pair = CurveKeyPair.FromPublicKey(Public);
        Assert.False(pair.HasSecretKey);
        Assert.Null(pair.SecretKey);
        Assert.Null(pair.SecretKeyZ85);
        Assert.Equal(Public, CurveKeyPair.FromPublicKey(pair.PublicKey).PublicKeyZ85);
    }

    [Fact]
    public void Bad_keys_are_named()
    {
        Assert.Contains("publicKey has 31", Assert.Throws<ArgumentException>(() => new CurveKeyPair(new byte[32], new byte[31])).Message, StringComparison.Ordinal);
        Assert.Contains("secretKey has 39", Assert.Throws<ArgumentException>(() => new CurveKeyPair(Secret[1..], Public)).Message, StringComparison.Ordinal);
        Assert.Contains("position 39", Assert.Throws<ArgumentException>(() => CurveKeyPair.FromPublicKey(Public[..39] + "~")).Message, StringComparison.Ordinal);
    }
}

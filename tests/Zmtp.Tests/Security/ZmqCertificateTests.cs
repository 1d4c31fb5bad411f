namespace Actors.Zmtp.Tests.Security;

public class ZmqCertificateTests
{
    // The pair of the documentation of zmq_curve(7), a server's.
    private const string Public = "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7";
    private const string Secret = "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6";

    [Fact]
    public void The_public_key_follows_from_the_secret_one()
    {
        var certificate = ZmqCertificate.CreateFromSecretKey(Secret);
        Assert.Equal(Public, certificate.PublicKeyZ85);
        Assert.Equal(Secret, certificate.SecretKeyZ85);
        Assert.Equal(certificate.PublicKey, ZmqCertificate.CreateFromSecretKey(certificate.SecretKey!).PublicKey);
        Assert.Equal(Public, new ZmqCertificate().FromSecretKey(Secret).PublicKeyZ85);
    }

    [Fact]
    public void Two_new_ones_differ_and_are_pairs()
    {
        var one = new ZmqCertificate();
        Assert.NotEqual(one.SecretKey, new ZmqCertificate().SecretKey);
        Assert.Equal(one.PublicKey, ZmqCertificate.CreateFromSecretKey(one.SecretKey!).PublicKey);
        Assert.True(one.HasSecretKey);
    }

    [Fact]
    public void A_public_key_alone()
    {
        var certificate = ZmqCertificate.FromPublicKey(Public);
        Assert.False(certificate.HasSecretKey);
        Assert.Null(certificate.SecretKey);
        Assert.Null(certificate.SecretKeyZ85);
        Assert.Equal(Public, ZmqCertificate.FromPublicKey(certificate.PublicKey).PublicKeyZ85);
    }

    [Fact]
    public void Bad_keys_are_named()
    {
        Assert.Contains("publicKey has 31", Assert.Throws<ArgumentException>(() => new ZmqCertificate(new byte[32], new byte[31])).Message, StringComparison.Ordinal);
        Assert.Contains("secretKey has 39", Assert.Throws<ArgumentException>(() => new ZmqCertificate(Secret[1..], Public)).Message, StringComparison.Ordinal);
        Assert.Contains("position 39", Assert.Throws<ArgumentException>(() => ZmqCertificate.FromPublicKey(Public[..39] + "~")).Message, StringComparison.Ordinal);
    }
}

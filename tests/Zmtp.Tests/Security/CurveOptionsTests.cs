
namespace Actors.Zmtp.Tests.Security;

public class CurveOptionsTests
{
    [Fact]
    public void A_server_without_keys_does_not_bind()
    {
        using var socket = new PullSocket();
        socket.Options.CurveServer = true;
        Assert.Contains("CurveKeys", Assert.Throws<InvalidException>(() => socket.Bind("tcp://127.0.0.1:0")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_without_either_key_does_not_connect()
    {
        using var socket = new PushSocket();
        socket.Options.CurveServerKey = new CurveKeyPair().PublicKey;
        Assert.Contains("CurveKeys", Assert.Throws<InvalidException>(() => socket.Connect("tcp://127.0.0.1:1")).Message, StringComparison.Ordinal);
        using var other = new PushSocket();
        other.Options.CurveKeys = new CurveKeyPair();
        Assert.Contains("CurveServerKey", Assert.Throws<InvalidException>(() => other.Connect("tcp://127.0.0.1:1")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_keys_are_refused_when_they_are_set()
    {
        using var socket = new PushSocket();
        Assert.Contains("31 octets", Assert.Throws<ArgumentException>(() => socket.Options.CurveServerKey = new byte[31]).Message, StringComparison.Ordinal);
        var half = CurveKeyPair.FromPublicKey(new CurveKeyPair().PublicKey);
        Assert.Contains("secret key", Assert.Throws<ArgumentException>(() => socket.Options.CurveKeys = half).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_are_kept()
    {
        using var socket = new PushSocket();
        Assert.False(socket.Options.CurveServer);
        Assert.Null(socket.Options.CurveServerKey);
        var server = new CurveKeyPair();
        socket.Options.CurveServerKey = server.PublicKey;
        Assert.Equal(server.PublicKey, socket.Options.CurveServerKey);
        socket.Options.CurveServer = true;
        Assert.True(socket.Options.CurveServer);
    }
}

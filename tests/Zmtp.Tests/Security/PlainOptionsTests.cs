
namespace Actors.Zmtp.Tests.Security;

public class PlainOptionsTests
{
    [Fact]
    public void Options_are_read_back()
    {
        using var socket = new PairSocket();
        Assert.Null(socket.Options.PlainUsername);
        socket.Options.PlainServer = true;
        socket.Options.PlainUsername = "Ärwin";
        socket.Options.PlainPassword = "geheim";
        socket.Options.ZapDomain = "test";
        socket.Options.ZapEnforceDomain = true;
        Assert.True(socket.Options.PlainServer);
        Assert.Equal("Ärwin", socket.Options.PlainUsername);
        Assert.Equal("geheim", socket.Options.PlainPassword);
        Assert.Equal("test", socket.Options.ZapDomain);
        Assert.True(socket.Options.ZapEnforceDomain);
    }

    [Fact]
    public void What_does_not_fit_into_a_command_is_refused()
    {
        using var socket = new PairSocket();
        var error = Assert.Throws<InvalidException>(() => socket.Options.PlainPassword = new string('ä', 128));
        Assert.Contains("256 bytes", error.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidException>(() => socket.Options.ZapDomain = "tést");
        Assert.Throws<InvalidException>(() => socket.Options.ZapDomain = new string('a', 256));
    }

    [Fact]
    public void A_client_needs_a_user_name_and_a_password()
    {
        using var socket = new PairSocket();
        socket.Options.PlainUsername = "admin";
        var error = Assert.Throws<InvalidException>(() => socket.Connect("tcp://127.0.0.1:1"));
        Assert.Contains("PlainPassword", error.Message, StringComparison.Ordinal);
        socket.Options.PlainUsername = null;
        socket.Options.PlainPassword = "secret";
        error = Assert.Throws<InvalidException>(() => socket.Bind("tcp://127.0.0.1:0"));
        Assert.Contains("PlainUsername", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_has_no_password_and_no_socket_two_mechanisms()
    {
        using var socket = new PairSocket();
        socket.Options.PlainServer = true;
        socket.Options.PlainPassword = "secret";
        Assert.Throws<InvalidException>(() => socket.Bind("tcp://127.0.0.1:0"));
        socket.Options.PlainPassword = null;
        socket.Options.CurveKeys = new CurveKeyPair();
        var error = Assert.Throws<InvalidException>(() => socket.Bind("tcp://127.0.0.1:0"));
        Assert.Contains("one security mechanism", error.Message, StringComparison.Ordinal);
    }
}

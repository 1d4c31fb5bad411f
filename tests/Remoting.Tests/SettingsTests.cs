using Actors.Remoting;
using Actors.Remoting.Settings;
using Actors.Zmtp;
using Akka.Configuration;

namespace Remoting.Tests;

public sealed class SettingsTests
{
    private static readonly CurveKeyPair Keys = new();

    [Fact]
    public void The_defaults_of_the_record_are_those_of_the_configuration()
        => Assert.Equal(new ZmqRemoteSettings(), SettingsReader.Read(ConfigurationFactory.ParseString("")));

    [Fact]
    public void A_configuration_of_settings_is_read_as_these_settings()
    {
        var settings = new ZmqRemoteSettings
        {
            Hostname = "0.0.0.0",
            Port = 4711,
            PublicHostname = "node-1.example",
            PublicPort = 4712,
            MaximumFrameSize = 1_000_000,
            SendBufferSize = 2_000_000,
            ConnectionTimeout = TimeSpan.FromMilliseconds(1500),
            Linger = TimeSpan.FromMilliseconds(250),
            Backlog = 12,
        };

        Assert.Equal(settings, Read(settings));
        Assert.Equal(ZmqRemoteTransport.Inproc, Read(new ZmqRemoteSettings { Transport = ZmqRemoteTransport.Inproc }).Transport);
        Assert.Equal(["akka.remote.zmq"], ZmqRemoting.Config(settings).GetStringList("akka.remote.enabled-transports"));
    }

    [Fact]
    public void Keys_of_any_characters_survive_the_configuration()
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var keys = new CurveKeyPair();
            var read = Read(new ZmqRemoteSettings { Curve = new ZmqRemoteCurve { SecretKey = keys.SecretKeyZ85!, Allowed = [keys.PublicKeyZ85, Keys.PublicKeyZ85] } }).Curve!;

            Assert.Equal(keys.SecretKeyZ85, read.SecretKey);
            Assert.Equal([keys.PublicKeyZ85, Keys.PublicKeyZ85], read.Allowed);
        }
    }

    [Fact]
    public void A_secret_key_may_be_in_a_file()
    {
        var file = Path.GetTempFileName();
        try
        {
            foreach (var content in new[] { Keys.SecretKeyZ85, $"# ours\n\n{Keys.SecretKeyZ85}\n", $"metadata\ncurve\n    public-key = \"{Keys.PublicKeyZ85}\"\n    secret-key = \"{Keys.SecretKeyZ85}\"\n" })
            {
                File.WriteAllText(file, content);

                Assert.Equal(Keys.PublicKeyZ85, Read(new ZmqRemoteSettings { Curve = new ZmqRemoteCurve { SecretKeyFile = file, Allowed = [Keys.PublicKeyZ85] } }).Curve!.ResolveKeys().PublicKeyZ85);
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void The_text_of_settings_does_not_show_the_secret_key()
        => Assert.DoesNotContain(Keys.SecretKeyZ85!, new ZmqRemoteSettings { Curve = new ZmqRemoteCurve { SecretKey = Keys.SecretKeyZ85!, Allowed = [] } }.ToString());

    [Theory]
    [InlineData("port = 70000", "akka.remote.zmq.port is \"70000\": expected 0 to 65535")]
    [InlineData("port = many", "akka.remote.zmq.port is \"many\": expected a number from 0 to 65535")]
    [InlineData("public-port = -1", "akka.remote.zmq.public-port is \"-1\": expected 0 to 65535")]
    [InlineData("transport = udp", "akka.remote.zmq.transport is \"udp\": expected tcp or inproc")]
    [InlineData("hostname = \"\"", "akka.remote.zmq.hostname is \"\": expected the name")]
    [InlineData("hostname = \"0.0.0.0\"", "akka.remote.zmq.public-hostname is \"\": expected the name by which other nodes reach this one")]
    [InlineData("hostname = \"not a host\"", "akka.remote.zmq.hostname is \"not a host\": expected a host name")]
    [InlineData("maximum-frame-size = 10b", "akka.remote.zmq.maximum-frame-size is \"10\": expected 32000 to")]
    [InlineData("maximum-frame-size = big", "akka.remote.zmq.maximum-frame-size is \"big\": expected a number of bytes")]
    [InlineData("send-buffer-size = 1b", "akka.remote.zmq.send-buffer-size is \"1\": expected 1000 to")]
    [InlineData("connection-timeout = soon", "akka.remote.zmq.connection-timeout is \"soon\": expected a time")]
    [InlineData("connection-timeout = 0s", "akka.remote.zmq.connection-timeout is \"0 ms\": expected 1 to")]
    [InlineData("backlog = 0", "akka.remote.zmq.backlog is \"0\": expected 1 to")]
    [InlineData("hostnam = x", "akka.remote.zmq.hostnam is no setting: expected one of")]
    [InlineData("curve.secret = x", "akka.remote.zmq.curve.secret is no setting: expected one of")]
    [InlineData("curve.secret-key = short, curve.allowed = [x]", "akka.remote.zmq.curve.secret-key has a secret key of 5 characters")]
    [InlineData("curve.secret-key-file = \"/no/such/file\"", "akka.remote.zmq.curve.secret-key-file is \"/no/such/file\", which cannot be read")]
    [InlineData("curve.allowed = [x]", "akka.remote.zmq.curve.secret-key-file is \"\", which cannot be read")]
    public void An_error_names_key_value_and_what_was_expected(string setting, string error)
    {
        var thrown = Assert.Throws<ConfigurationException>(() => SettingsReader.Read(ConfigurationFactory.ParseString(setting)));

        Assert.Contains(error, thrown.Message);
    }

    [Fact]
    public void A_key_of_a_node_that_is_none_is_named()
    {
        var curve = new ZmqRemoteCurve { SecretKey = Keys.SecretKeyZ85! };

        Assert.Contains("curve.allowed is \"[]\"", Assert.Throws<ConfigurationException>(() => ZmqRemoting.Config(new ZmqRemoteSettings { Curve = curve })).Message);
        Assert.Contains("curve.allowed is \"abc\"", Assert.Throws<ConfigurationException>(() => ZmqRemoting.Config(new ZmqRemoteSettings { Curve = curve with { Allowed = ["abc"] } })).Message);
    }

    private static ZmqRemoteSettings Read(ZmqRemoteSettings settings) => SettingsReader.Read(ZmqRemoting.Config(settings).GetConfig("akka.remote.zmq"));
}

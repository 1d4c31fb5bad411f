using Actors.Transport;
using Actors.Zmtp;

namespace Transport.Tests.Security;

public sealed class SecuritySettingsTests : IDisposable
{
    private static readonly CurveKeyPair Pair = new();

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, SecuritySettings> Faulty => new()
    {
        { "key-file", new CurveServer { Clients = CurveServer.Any } },
        { "key-file", new CurveServer { KeyFile = "/no/such/file", Clients = CurveServer.Any } },
        { "key-file", new CurveServer { KeyFile = "/no/such/file", Keys = Pair, Clients = CurveServer.Any } },
        { "keys", new CurveServer { Keys = CurveKeyPair.FromPublicKey(Pair.PublicKey), Clients = CurveServer.Any } },
        { "clients", new CurveServer { Keys = Pair } },
        { "clients", new CurveServer { Keys = Pair, Clients = "/no/such/file" } },
        { "server-key", new CurveClient { ServerKey = "short" } },
        { "server-key", new CurveClient { ServerKey = "#########################################"[..40] } },
        { "users", new PlainServer() },
        { "users", new PlainServer { Users = "/no/such/file" } },
        { "username", new PlainClient { Username = new string('u', 256), Password = "p" } },
        { "password", new PlainClient { Username = "u", Password = new string('p', 256) } },
        { "authenticator", new NullServer() },
        { "authenticator-timeout", new CurveServer { Keys = Pair, Clients = CurveServer.Any, AuthenticatorTimeout = TimeSpan.Zero } },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void A_fault_names_its_option(string option, SecuritySettings security)
    {
        var spec = new SocketSpec { Name = "s", Kind = SocketKind.Pull, Settings = new SocketSettings { Bind = ["tcp://*:5555"], Security = security } };

        Assert.Equal($"security.{option}", Assert.ThrowsAny<SocketSettingsException>(() => spec.Validate()).Option);
    }

    [Fact]
    public void No_text_of_the_settings_shows_a_password_or_a_secret_key()
    {
        CurveKeyFile.Write(_folder.PathOf("server.key"), Pair);
        SecuritySettings[] all =
        [
            new PlainClient { Username = "joe", Password = "pass-word" },
            new CurveServer { Keys = Pair, Clients = CurveServer.Any },
            new CurveServer { KeyFile = _folder.PathOf("server.key"), Clients = CurveServer.Any },
            new CurveClient { ServerKey = Pair.PublicKeyZ85, Keys = Pair },
        ];
        foreach (var security in all)
        {
            var text = $"{security} {new SocketSettings { Bind = ["tcp://*:5555"], Security = security }} {security.Resolve(new SettingCheck("role"))}";
            Assert.DoesNotContain("pass-word", text, StringComparison.Ordinal);
            Assert.DoesNotContain(Pair.SecretKeyZ85!, text, StringComparison.Ordinal);
        }

        var request = new ZapRequest { Domain = "d", Address = "a", RoutingId = default, Mechanism = "PLAIN", Username = "joe", Password = "pass-word" };
        Assert.Contains("joe", request.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("pass-word", request.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_without_keys_has_a_fresh_pair_that_its_sockets_share()
    {
        var client = new CurveClient { ServerKey = Pair.PublicKeyZ85 };
        var first = client.Resolve(new SettingCheck("one")).Keys!;

        Assert.Equal(first.PublicKeyZ85, (client with { }).Resolve(new SettingCheck("two")).Keys!.PublicKeyZ85);
        Assert.NotEqual(first.PublicKeyZ85, new CurveClient { ServerKey = Pair.PublicKeyZ85 }.Resolve(new SettingCheck("one")).Keys!.PublicKeyZ85);
    }

    [Fact]
    public void A_servers_key_may_be_in_a_file()
    {
        CurveKeyFile.Write(_folder.PathOf("server.key"), Pair);

        Assert.Equal(Pair.PublicKey, new CurveClient { ServerKey = _folder.PathOf("server.key") }.Resolve(new SettingCheck("role")).ServerKey);
    }

    [Fact]
    public void A_path_that_could_be_a_key_is_a_file()
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}0000000000"[..(40 - Path.GetTempPath().Length)]);
        CurveKeyFile.Write(file, Pair);
        try
        {
            Assert.NotNull(CurveKeys.PublicKey(file));
            Assert.Equal(Pair.PublicKey, new CurveClient { ServerKey = file }.Resolve(new SettingCheck("role")).ServerKey);
        }
        finally
        {
            File.Delete(file);
        }
    }

    public static TheoryData<string, string, SecuritySettings> NotOnNetMq => new()
    {
        { "security.mechanism", "plain", new PlainClient { Username = "u", Password = "p" } },
        { "security.mechanism", "plain", new PlainServer { Users = "users.conf" } },
        { "security.clients", "clients may connect", new CurveServer { Keys = Pair, Clients = "clients.keys" } },
        { "security.authenticator", "clients may connect", new CurveServer { Keys = Pair, Authenticator = Akka.Actor.Nobody.Instance } },
        { "security.authenticator", "clients may connect", new NullServer { Authenticator = Akka.Actor.Nobody.Instance } },
    };

    [Theory]
    [MemberData(nameof(NotOnNetMq))]
    public void What_netmq_cannot_do_is_an_error_that_names_the_engine_that_can(string option, string what, SecuritySettings security)
    {
        var fault = ZmqTransport.SecurityFault("netmq", security)!.Value;

        Assert.Equal(option, fault.Option);
        Assert.Contains(what, fault.Fault, StringComparison.Ordinal);
        Assert.Contains("actors.transport.engine = zmtp", fault.Fault, StringComparison.Ordinal);
        Assert.Null(ZmqTransport.SecurityFault("zmtp", security));
    }

    [Fact]
    public void Both_engines_have_curve_without_a_list()
    {
        foreach (var engine in ZmqTransport.EngineNames)
        {
            Assert.Null(ZmqTransport.SecurityFault(engine, new CurveServer { Keys = Pair, Clients = CurveServer.Any }));
            Assert.Null(ZmqTransport.SecurityFault(engine, new CurveClient { ServerKey = Pair.PublicKeyZ85 }));
        }
    }
}

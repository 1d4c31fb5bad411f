using Actors.Transport;
using Actors.Zmtp;
using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Interop.Tests;

/// <summary>Roles with a security mechanism and real libzmq peers, in both directions: who is let in, and what the host says of the others.</summary>
public sealed class SecurityTests : IDisposable
{
    private const string NoList = "lets everyone in who knows the server's key";
    private const string NoReasons = "does not tell of handshakes";

    private static readonly CurveKeyPair Server = new();
    private static readonly CurveKeyPair Joe = new();

    private readonly ITestOutputHelper _log;
    private readonly string _folder = Directory.CreateTempSubdirectory("actors-").FullName;

    public SecurityTests(ITestOutputHelper log)
    {
        _log = log;
        CurveKeyFile.Write(PathOf("server.key"), Server);
        CurveKeyFile.Write(PathOf("joe.key"), Joe);
        Write("clients.keys", $"{Joe.PublicKeyZ85} joe");
        Write("users.conf", "joe secret");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string PathOf(string name) => Path.Combine(_folder, name);

    private string Write(string name, params string[] lines)
    {
        File.WriteAllLines(PathOf(name), lines);
        return PathOf(name);
    }

    /// <summary>A server of CURVE with the strictest list that the engine has.</summary>
    private string OurCurveServer => $"security {{ mechanism = curve, key-file = \"{PathOf("server.key")}\", clients = \"{(EngineUnderTest.IsZmtp ? PathOf("clients.keys") : "any")}\" }}";

    private string OurCurveClient => $"security {{ mechanism = curve, key-file = \"{PathOf("joe.key")}\", server-key = \"{Server.PublicKeyZ85}\" }}";

    private string OurPlainServer => $"security {{ mechanism = plain, users = \"{PathOf("users.conf")}\" }}";

    private static string[] TheirCurveClient(CurveKeyPair? client = null, CurveKeyPair? server = null) =>
        ["curve-client", (server ?? Server).PublicKeyZ85, (client ?? Joe).PublicKeyZ85, (client ?? Joe).SecretKeyZ85!];

    private static string[] TheirCurveServer(string client) => ["curve-server", Server.PublicKeyZ85, Server.SecretKeyZ85!, client];

    /// <summary>A host with one role, and where it is.</summary>
    private Task<(HostProcess Host, string Endpoint)> Host(string keys) => HostProcess.StartRole(_log, Write("host.conf", $"roles {{ role {{ {keys} }} }}"), "role");

    private Task<(HostProcess Host, string Endpoint)> Pull(string security) => Host($"pattern = pull, bind = \"tcp://127.0.0.1:0\", handler {{ type = console, print = \"received {{text}} of {{size}}\" }}, {security}");

    private Task<(HostProcess Host, string Endpoint)> Push(string endpoint, string security) =>
        Host($"pattern = push, connect = \"{endpoint}\", reconnect-interval-max = 200ms, source {{ type = ticker, text = sealed, interval = 100ms }}, {security}");

    private PythonPeer Connect(string endpoint, string kind, params string[] mechanism) => PythonPeer.Connect(_log, "secured", endpoint, [kind, .. mechanism]);

    private Task<(PythonPeer Peer, string Endpoint)> Bind(string kind, params string[] mechanism) => PythonPeer.Bind(_log, "secured", [kind, .. mechanism]);

    [SkippableFact]
    public async Task Their_curve_client_pushes_to_our_curve_server()
    {
        var (host, endpoint) = await Pull(OurCurveServer);
        await using var ours = host;
        await using var theirs = Connect(endpoint, "push", TheirCurveClient());
        await theirs.WriteLine("sealed");
        await host.Expect("received sealed of 6");
        var large = new string('x', 1 << 20);
        await theirs.WriteLine(large);
        await host.Expect($"of {large.Length}");
    }

    [SkippableFact]
    public async Task Our_curve_client_pushes_to_their_curve_server_with_a_list()
    {
        var (peer, endpoint) = await Bind("pull", TheirCurveServer(Joe.PublicKeyZ85));
        await using var theirs = peer;
        var (host, _) = await Push(endpoint, OurCurveClient);
        await using var ours = host;

        await theirs.Expect($"asked about {Joe.PublicKeyZ85}");
        await theirs.Expect("received sealed");
    }

    [SkippableFact]
    public async Task A_curve_client_without_a_key_file_has_a_fresh_pair_each_run()
    {
        var (peer, endpoint) = await Bind("pull", TheirCurveServer(Joe.PublicKeyZ85));
        await using var theirs = peer;
        var keys = new List<string>();
        for (var run = 0; run < 2; run++)
        {
            var (host, _) = await Push(endpoint, $"security {{ mechanism = curve, server-key = \"{Server.PublicKeyZ85}\" }}");
            await using var ours = host;
            keys.Add(await theirs.Expect("asked about "));
        }

        Assert.NotEqual(keys[0], keys[1]);
    }

    [SkippableFact]
    public async Task Requests_and_replies_are_sealed_in_both_directions()
    {
        var (server, endpoint) = await Host($"pattern = reply, bind = \"tcp://127.0.0.1:0\", handler {{ type = echo }}, {OurCurveServer}");
        await using var ourServer = server;
        await using var theirClient = Connect(endpoint, "req", TheirCurveClient());
        await theirClient.WriteLine("anybody there?");
        await theirClient.Expect("reply anybody there?");

        var (rep, theirEndpoint) = await Bind("rep", TheirCurveServer(Joe.PublicKeyZ85));
        await using var theirServer = rep;
        var (client, _) = await Host($"pattern = request, connect = \"{theirEndpoint}\", source {{ type = ticker, text = hello, interval = 100ms }}, handler {{ type = console, print = \"got {{text}}\" }}, {OurCurveClient}");
        await using var ourClient = client;
        await theirServer.Expect("request hello");
        await client.Expect("got re hello");
    }

    [SkippableFact]
    public async Task What_is_published_is_sealed_in_both_directions()
    {
        var (publisher, endpoint) = await Host($"pattern = publish, bind = \"tcp://127.0.0.1:0\", source {{ type = ticker, text = [news, today], interval = 50ms }}, {OurCurveServer}");
        await using var ourPublisher = publisher;
        await using var theirSubscriber = Connect(endpoint, "sub", TheirCurveClient());
        await theirSubscriber.Expect("received news");

        var (pub, theirEndpoint) = await Bind("pub", TheirCurveServer(Joe.PublicKeyZ85));
        await using var theirPublisher = pub;
        var (subscriber, _) = await Host($"pattern = subscribe, topics = news, connect = \"{theirEndpoint}\", handler {{ type = console, print = \"got {{text}}\" }}, {OurCurveClient}");
        await using var ourSubscriber = subscriber;
        await subscriber.Expect("got news");
    }

    [SkippableFact]
    public async Task Their_plain_client_is_let_in_with_its_password_and_one_with_another_is_logged()
    {
        EngineUnderTest.NeedsZmtp("has no PLAIN");
        var (host, endpoint) = await Pull(OurPlainServer);
        await using var ours = host;
        await using var wrong = Connect(endpoint, "push", "plain-client", "joe", "guess-work");
        await wrong.WriteLine("no");
        var line = await host.Expect("the user \"joe\" has another password");
        Assert.Contains("tcp://127.0.0.1:", line, StringComparison.Ordinal);
        Assert.DoesNotContain("guess-work", line, StringComparison.Ordinal);

        await using var theirs = Connect(endpoint, "push", "plain-client", "joe", "secret");
        await theirs.WriteLine("yes");
        await host.Expect("received yes");
        Assert.DoesNotContain(host.Seen, seen => seen.Contains("received no", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Our_plain_client_is_let_in_by_their_server_and_logs_that_it_refuses_another_password()
    {
        EngineUnderTest.NeedsZmtp("has no PLAIN");
        var (peer, endpoint) = await Bind("pull", "plain-server", "joe", "secret");
        await using var theirs = peer;
        var (right, _) = await Push(endpoint, "security { mechanism = plain, username = joe, password = secret }");
        await using var ourRight = right;
        await theirs.Expect("received sealed");

        var (wrong, _) = await Push(endpoint, "security { mechanism = plain, username = joe, password = guess-work }");
        await using var ourWrong = wrong;
        Assert.Contains("400", await wrong.Expect("the peer refused"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task An_unknown_client_is_logged_with_its_key_and_comes_in_once_it_is_listed()
    {
        EngineUnderTest.NeedsZmtp(NoList);
        var (host, endpoint) = await Pull(OurCurveServer);
        await using var ours = host;
        var ann = new CurveKeyPair();
        await using (var refused = Connect(endpoint, "push", TheirCurveClient(ann)))
        {
            await refused.WriteLine("no");
            await host.Expect($"the key {ann.PublicKeyZ85} is not in {PathOf("clients.keys")}");
        }

        Write("clients.keys", $"{Joe.PublicKeyZ85} joe", $"{ann.PublicKeyZ85} ann");
        await using var allowed = Connect(endpoint, "push", TheirCurveClient(ann));
        await allowed.WriteLine("yes");
        await host.Expect("received yes");

        Write("clients.keys", $"{Joe.PublicKeyZ85} joe", "not a key");
        await using var still = Connect(endpoint, "push", TheirCurveClient(ann));
        await still.WriteLine("still");
        await host.Expect("clients.keys:2: \"not\" is not a public key");
        await host.Expect("received still");
    }

    [SkippableFact]
    public async Task Their_client_with_another_servers_key_sends_nothing_to_us()
    {
        var (host, endpoint) = await Pull(OurCurveServer);
        await using var ours = host;
        await using var wrong = Connect(endpoint, "push", TheirCurveClient(server: new CurveKeyPair()));
        await wrong.WriteLine("no");
        if (EngineUnderTest.IsZmtp) await host.Expect("was not sealed for this server's key");
        await using var theirs = Connect(endpoint, "push", TheirCurveClient());
        await theirs.WriteLine("yes");

        await host.Expect("received yes");
        Assert.DoesNotContain(host.Seen, seen => seen.Contains("received no", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task A_null_client_sends_nothing_to_our_curve_server_and_a_curve_client_nothing_to_our_null_server()
    {
        var (sealedHost, endpoint) = await Pull(OurCurveServer);
        await using var ourSealed = sealedHost;
        await using var bare = Connect(endpoint, "push", "null");
        await bare.WriteLine("no");
        if (EngineUnderTest.IsZmtp) await sealedHost.Expect("the peer's security mechanism is \"NULL\", ours is \"CURVE\"");
        await using var theirs = Connect(endpoint, "push", TheirCurveClient());
        await theirs.WriteLine("yes");
        await sealedHost.Expect("received yes");
        Assert.DoesNotContain(sealedHost.Seen, seen => seen.Contains("received no", StringComparison.Ordinal));

        var (bareHost, bareEndpoint) = await Pull("");
        await using var ourBare = bareHost;
        await using var curve = Connect(bareEndpoint, "push", TheirCurveClient());
        await curve.WriteLine("no");
        if (EngineUnderTest.IsZmtp) await bareHost.Expect("the peer's security mechanism is \"CURVE\", ours is \"NULL\"");
        await using var plain = Connect(bareEndpoint, "push", "null");
        await plain.WriteLine("yes");
        await bareHost.Expect("received yes");
        Assert.DoesNotContain(bareHost.Seen, seen => seen.Contains("received no", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Our_client_logs_that_their_server_refuses_its_key_has_another_key_or_another_mechanism()
    {
        EngineUnderTest.NeedsZmtp(NoReasons);
        var (listing, endpoint) = await Bind("pull", TheirCurveServer(new CurveKeyPair().PublicKeyZ85));
        await using var theirs = listing;
        var (unlisted, _) = await Push(endpoint, OurCurveClient);
        await using (unlisted) Assert.Contains("400", await unlisted.Expect("the peer refused"), StringComparison.Ordinal);

        var (wrongKey, _) = await Push(endpoint, $"security {{ mechanism = curve, server-key = \"{Joe.PublicKeyZ85}\" }}");
        await using (wrongKey) await wrongKey.Expect($"the handshake with {endpoint}");

        var (bare, _) = await Push(endpoint, "");
        await using (bare) await bare.Expect("the peer's security mechanism is \"CURVE\", ours is \"NULL\"");
    }

    [SkippableFact]
    public async Task Key_files_are_certificates_for_pyzmq_and_pyzmqs_are_key_files()
    {
        await using (var reader = PythonPeer.Start(_log, "certificates", "read", PathOf("server.key")))
            await reader.Expect($"public {Server.PublicKeyZ85} secret {Server.SecretKeyZ85}");

        await using var writer = PythonPeer.Start(_log, "certificates", "write", _folder);
        var publicKey = (await writer.Expect("wrote "))["wrote ".Length..];
        var (host, endpoint) = await Pull($"security {{ mechanism = curve, key-file = \"{PathOf("server.key_secret")}\", clients = any }}");
        await using var ours = host;
        await using var theirs = Connect(endpoint, "push", TheirCurveClient(server: CurveKeyPair.FromPublicKey(publicKey)));
        await theirs.WriteLine("sealed");
        await host.Expect("received sealed");
    }

    /// <summary>
    /// The acknowledged pipeline with a worker, retained publish-subscribe, a queue, dealer and router, a pair, a forwarder and a
    /// streamer, all sealed.
    /// </summary>
    [SkippableFact]
    public async Task Every_role_works_with_curve()
    {
        var free = Enumerable.Range(0, 11).Select(_ => HostProcess.FreeEndpoint()).ToList();
        var (push, sink, publish, clients, servers, router, pair) = (free[0], free[1], free[2], free[3], free[4], free[5], free[6]);
        var (published, forwarded, pushed, streamed) = (free[7], free[8], free[9], free[10]);
        await using var host = HostProcess.Start(_log, Write(
            "roles.conf",
            $$"""
            variables {
              server { {{OurCurveServer}} }
              client { {{OurCurveClient}} }
            }
            roles {
              push = ${variables.server} { pattern = push, delivery = acknowledged, bind = "{{push}}", source { type = ticker, text = task, interval = 100ms } }
              worker {
                pattern = worker, delivery = acknowledged, handler { type = echo }
                pull = ${variables.client} { connect = "{{push}}" }
                push = ${variables.client} { connect = "{{sink}}" }
              }
              pull = ${variables.server} { pattern = pull, delivery = acknowledged, bind = "{{sink}}", handler { type = console, print = "done {text}" } }
              publish = ${variables.server} {
                pattern = publish, bind = "tcp://127.0.0.1:0", retain = window, source { type = ticker, text = news, interval = 100ms }
                retained = ${variables.server} { bind = "{{publish}}" }
              }
              subscribe = ${variables.client} { pattern = subscribe, delivery = retained, topics = news, connect = "{{publish}}", handler { type = console, print = "heard {text}" } }
              queue {
                pattern = queue
                clients = ${variables.server} { bind = "{{clients}}" }
                servers = ${variables.server} { bind = "{{servers}}" }
              }
              reply { pattern = reply, queue = ${variables.client} { connect = "{{servers}}" }, handler { type = echo } }
              request = ${variables.client} { pattern = request, connect = "{{clients}}", source { type = ticker, text = question, interval = 100ms }, handler { type = console, print = "answer {text}" } }
              router = ${variables.server} { pattern = router, bind = "{{router}}", handler { type = echo } }
              dealer = ${variables.client} { pattern = dealer, connect = "{{router}}", source { type = ticker, text = hello, interval = 100ms }, handler { type = console, print = "echoed {text}" } }
              left = ${variables.server} { pattern = pair, bind = "{{pair}}", handler { type = console, print = "left has {text}" } }
              right = ${variables.client} { pattern = pair, connect = "{{pair}}", source { type = ticker, text = it, interval = 100ms }, handler { type = console } }
              forwarder { pattern = forwarder, frontend = ${variables.server} { bind = "{{published}}" }, backend = ${variables.server} { bind = "{{forwarded}}" } }
              publisher = ${variables.client} { pattern = publish, connect = "{{published}}", source { type = ticker, text = rain, interval = 100ms } }
              subscriber = ${variables.client} { pattern = subscribe, topics = rain, connect = "{{forwarded}}", handler { type = console, print = "forwarded {text}" } }
              streamer { pattern = streamer, frontend = ${variables.server} { bind = "{{pushed}}" }, backend = ${variables.server} { bind = "{{streamed}}" } }
              pusher = ${variables.client} { pattern = push, connect = "{{pushed}}", source { type = ticker, text = work, interval = 100ms } }
              puller = ${variables.client} { pattern = pull, connect = "{{streamed}}", handler { type = console, print = "streamed {text}" } }
            }
            """));

        var missing = new HashSet<string> { "done task", "heard news", "answer question", "echoed hello", "left has it", "forwarded rain", "streamed work" };
        while (missing.Count > 0)
        {
            var line = await host.Expect("");
            missing.RemoveWhere(line.Contains);
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using System.Text.Json;
using Actors.Zmtp;
using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Interop.Tests.Control;

/// <summary>Operators and scripts at the control socket of a real host.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ControlSocketTests(ITestOutputHelper log) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("control").FullName;
    private readonly string _endpoint = HostProcess.FreeEndpoint();
    private readonly string _other = HostProcess.FreeEndpoint();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Sockets => Path.Combine(_folder, "sockets");

    private string Config => Path.Combine(_folder, "pipeline.conf");

    private void Write(string roles, string more = "") => File.WriteAllText(
        Config,
        $"host {{ stop-timeout = 20s, control.directory = \"{Sockets}\" }}\n{more}\nroles {{\n{roles}\n}}".Replace("ENDPOINT", _endpoint, StringComparison.Ordinal).Replace("OTHER", _other, StringComparison.Ordinal));

    private async Task<(HostProcess Host, string Socket)> Start(params string[] more)
    {
        var host = HostProcess.Start(log, [Config, "--set", "akka.loglevel=INFO", .. more]);
        await host.Expect(" is ready: ");
        // Made before the first role is.
        var socket = Path.Combine(Sockets, $"{host.ProcessId}.sock");
        Assert.True(File.Exists(socket), $"there is no {socket}");
        return (host, socket);
    }

    private Task<ToolRun> Tool(params string[] arguments) => ToolRun.Of(log, [.. arguments, "--directory", Sockets]);

    private async Task<JsonElement> Status()
    {
        var ps = await Tool("ps", "--output", "json");
        return JsonDocument.Parse(ps.Lines.Single(line => line.StartsWith('{'))).RootElement.GetProperty("hosts")[0];
    }

    private static JsonElement RoleOf(JsonElement status, string name) => status.GetProperty("roles").EnumerateArray().Single(role => role.GetProperty("name").GetString() == name);

    private const string Pull = """pull { pattern = pull, bind = "ENDPOINT", handler { type = console, print = "got {text}" } }""";

    [SkippableFact]
    public async Task Ps_tells_the_roles_with_peers_and_counts()
    {
        Write(Pull);
        var (host, _) = await Start();
        await using var _ = host;
        await using var push = PythonPeer.Connect(log, "push", _endpoint, "x", "3");
        await host.Expect("got ");

        var role = RoleOf(await Status(), "pull");

        Assert.Equal("ready", role.GetProperty("state").GetString());
        Assert.True(role.GetProperty("received").GetInt64() > 0);
        var peer = Assert.Single(role.GetProperty("peers").EnumerateArray());
        Assert.Equal(_endpoint, peer.GetProperty("endpoint").GetString());
        var endpoint = Assert.Single(role.GetProperty("endpoints").EnumerateArray());
        Assert.Equal((_endpoint, true), (endpoint.GetProperty("address").GetString(), endpoint.GetProperty("bound").GetBoolean()));
        Assert.Contains("ready", (await Tool("top", "--once", "--interval", "0.1")).Text, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task The_socket_and_its_directory_are_for_the_user_alone()
    {
        Write(Pull);
        var (host, socket) = await Start();
        await using var _ = host;

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(socket));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Sockets));
    }

    [SkippableFact]
    public async Task A_program_on_libzmq_asks_as_the_protocol_says()
    {
        Write(Pull);
        var (host, socket) = await Start();
        await using var _ = host;
        await using var script = PythonPeer.Start(log, "control", socket, """{"version":1,"verb":"status"}""", """{"version":1,"verb":"log-level","level":"error"}""", """{"version":1,"verb":"dance"}""");

        var status = JsonDocument.Parse((await script.Expect("reply "))["reply ".Length..]).RootElement;
        Assert.Equal("pull", RoleOf(status.GetProperty("status"), "pull").GetProperty("pattern").GetString());
        Assert.Contains("\"level\": \"error\"", await script.Expect("reply "), StringComparison.Ordinal);
        Assert.Contains("unknown-verb", await script.Expect("reply "), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_hostile_local_program_costs_the_host_nothing()
    {
        Write(Pull);
        var (host, socket) = await Start();
        await using var _ = host;
        await using var hostile = PythonPeer.Start(log, "control_hostile", socket);
        await hostile.Expect("done");
        var before = host.ProcessorTime();
        var began = Stopwatch.GetTimestamp();

        var ps = await Tool("ps");
        await using var push = PythonPeer.Connect(log, "push", _endpoint, "x", "3");
        await host.Expect("got ");

        Assert.Equal(0, ps.ExitCode);
        var share = (host.ProcessorTime() - before) / Stopwatch.GetElapsedTime(began);
        Assert.True(share < 0.5, string.Create(CultureInfo.InvariantCulture, $"the host needs {share:P0} of a processor for a client that asks without end"));
    }

    [SkippableFact]
    public async Task The_next_ps_removes_the_socket_of_a_host_that_was_killed()
    {
        Write(Pull);
        var (host, socket) = await Start();
        await host.Kill();
        Assert.True(File.Exists(socket));

        var ps = await Tool("ps");

        Assert.Equal(0, ps.ExitCode);
        Assert.Contains("no host of this user runs", ps.Text, StringComparison.Ordinal);
        Assert.False(File.Exists(socket));
        await host.DisposeAsync();
    }

    [SkippableFact]
    public async Task A_host_that_cannot_make_its_socket_warns_and_runs()
    {
        Directory.CreateDirectory(Sockets);
        File.SetUnixFileMode(Sockets, (UnixFileMode)0b111_111_111);
        Write(Pull);
        await using var host = HostProcess.Start(log, Config);

        await host.Expect("no control socket, so that actors ps does not find this host: ");
        await using var push = PythonPeer.Connect(log, "push", _endpoint, "x", "3");
        await host.Expect("got ");
    }

    [SkippableFact]
    public async Task A_drained_role_has_stopped_and_the_host_goes_on()
    {
        Write($$"""
            {{Pull}}
            other { pattern = pull, bind = "OTHER", handler { type = echo } }
            """);
        var (host, _) = await Start();
        await using var _ = host;

        var drain = await Tool("drain", "other");

        Assert.Equal(0, drain.ExitCode);
        Assert.Contains("other: has drained within ", drain.Text, StringComparison.Ordinal);
        var status = await Status();
        Assert.Equal(("stopped", "ready"), (RoleOf(status, "other").GetProperty("state").GetString(), RoleOf(status, "pull").GetProperty("state").GetString()));
        Assert.Equal(2, (await Tool("drain", "othr")).ExitCode);
        // All roles of a host may be drained: reload brings them back.
        Assert.Equal(0, (await Tool("drain", "pull")).ExitCode);
        Assert.Contains("started: ", (await Tool("reload")).Text, StringComparison.Ordinal);
        await using var push = PythonPeer.Connect(log, "push", _endpoint, "x", "3");
        await host.Expect("got ");
        Assert.Equal(0, (await Tool("stop")).ExitCode);
        Assert.Equal(0, (await host.End()).ExitCode);
    }

    [SkippableFact]
    public async Task What_a_drained_role_could_not_deliver_is_told()
    {
        Write("""push { pattern = push, bind = "ENDPOINT", source { type = ticker, text = "x", interval = 1ms, count = 10, print = "sent" } }""", "host.stop-timeout = 1s");
        var (host, _) = await Start();
        await using var _ = host;
        for (var sent = 0; sent < 10; sent++) await host.Expect("sent");

        var drain = await Tool("drain", "push");

        Assert.Equal(1, drain.ExitCode);
        Assert.Contains("push: has stopped; 10 messages were not delivered within ", drain.Text, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_reload_under_traffic_loses_nothing()
    {
        const int Messages = 4000;
        string Roles(int capacity) => $$"""
            tasks { pattern = push, bind = "ENDPOINT", outbound { capacity = {{capacity}} }, linger = 10s, source { type = ticker, text = "x", interval = 1ms, count = {{Messages}}, print = "sent" } }
            bystander { pattern = pull, bind = "OTHER", handler { type = console, print = "aside {text}" } }
            """;
        Write(Roles(100));
        var (host, _) = await Start();
        await using var _ = host;
        await using var pull = PythonPeer.Connect(log, "pull", _endpoint, "1");
        await using var push = PythonPeer.Connect(log, "push", _other, "x", "3");
        await pull.Expect("pulled 100");
        var peers = RoleOf(await Status(), "bystander").GetProperty("peers").EnumerateArray().Select(peer => peer.GetProperty("connectedAt").GetDateTimeOffset()).ToList();

        Write(Roles(200));
        var reload = await Tool("reload");

        Assert.True(reload.ExitCode == 0, reload.Text);
        Assert.Contains("restarted, because their configuration has changed: tasks", reload.Text, StringComparison.Ordinal);
        Assert.Contains("unchanged: bystander", reload.Text, StringComparison.Ordinal);
        // The bystander keeps its connections.
        Assert.Equal(peers, RoleOf(await Status(), "bystander").GetProperty("peers").EnumerateArray().Select(peer => peer.GetProperty("connectedAt").GetDateTimeOffset()));
        await pull.Expect("pulled 2000");
        Assert.Equal(0, (await Tool("drain", "tasks")).ExitCode);
        Assert.Equal(0, (await Tool("stop")).ExitCode);
        var sent = (await host.End()).Lines.Concat(host.Seen).Count(line => line == "sent");
        await pull.Expect($"pulled {sent}");
        Assert.True(sent >= 2000, $"only {sent} were sent");
    }

    [SkippableFact]
    public async Task A_reload_restarts_just_the_role_whose_key_file_has_another_content()
    {
        string File(string name) => Path.Combine(_folder, name);
        async Task<string> Keygen(string name) => (await ToolRun.Of(log, ["keygen", File(name), "--force"])).Lines.Single(line => line.Length == 40);
        var (oldKey, otherKey) = (await Keygen("pull.key"), await Keygen("other.key"));
        var client = new CurveKeyPair();
        Task<PythonPeer> Push(string endpoint, string serverKey, string text) => Pushing(endpoint, "curve-client", serverKey, client.PublicKeyZ85, client.SecretKeyZ85!, text);
        Write($$"""
            pull { pattern = pull, bind = "ENDPOINT", handler { type = console, print = "got {text}" }, security { mechanism = curve, key-file = "{{File("pull.key")}}", clients = any } }
            other { pattern = pull, bind = "OTHER", handler { type = console, print = "aside {text}" }, security { mechanism = curve, key-file = "{{File("other.key")}}", clients = any } }
            """);
        var (host, _) = await Start();
        await using var _ = host;
        await using var bystander = await Push(_other, otherKey, "one");
        await host.Expect("aside one");
        await using (await Push(_endpoint, oldKey, "old")) await host.Expect("got old");
        var peers = RoleOf(await Status(), "other").GetProperty("peers").EnumerateArray().Select(peer => peer.GetProperty("connectedAt").GetDateTimeOffset()).ToList();
        Assert.Single(peers);

        var newKey = await Keygen("pull.key");
        var reload = await Tool("reload");

        Assert.True(reload.ExitCode == 0, reload.Text);
        Assert.Contains($"restarted, because the content of {File("pull.key")} has changed: pull", reload.Text, StringComparison.Ordinal);
        Assert.Contains("unchanged: other", reload.Text, StringComparison.Ordinal);
        await using var renewed = await Push(_endpoint, newKey, "new");
        await host.Expect("got new");
        Assert.Equal(peers, RoleOf(await Status(), "other").GetProperty("peers").EnumerateArray().Select(peer => peer.GetProperty("connectedAt").GetDateTimeOffset()));
        await bystander.WriteLine("two");
        await host.Expect("aside two");
        // Read again, it is no longer news.
        Assert.Contains("unchanged: pull, other", (await Tool("reload")).Text, StringComparison.Ordinal);
    }

    private async Task<PythonPeer> Pushing(string endpoint, string mechanism, string serverKey, string publicKey, string secretKey, string text)
    {
        var peer = PythonPeer.Start(log, "secured", "connect", endpoint, "push", mechanism, serverKey, publicKey, secretKey);
        await peer.WriteLine(text);
        return peer;
    }

    [SkippableFact]
    public async Task A_file_with_a_mistake_changes_nothing_and_the_caller_is_told()
    {
        Write(Pull);
        var (host, _) = await Start();
        await using var _ = host;
        Write(Pull.Replace("pattern = pull", "patern = pull", StringComparison.Ordinal));

        var reload = await Tool("reload");

        Assert.Equal(2, reload.ExitCode);
        Assert.Contains("roles.pull.pattern: is missing", reload.Text, StringComparison.Ordinal);
        Assert.Equal("ready", RoleOf(await Status(), "pull").GetProperty("state").GetString());
        Write(Pull, "akka.actor.ask-timeout = 5s");
        reload = await Tool("reload");
        Assert.Equal(2, reload.ExitCode);
        Assert.Contains("which only a new start of the host can bring into force", reload.Text, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_watching_host_reloads_when_its_file_is_written_and_at_SIGHUP()
    {
        Write(Pull);
        var (host, _) = await Start("--watch");
        await using var _ = host;
        // Said when the host watches.
        await host.Expect("pull: pull on ");

        Write(Pull.Replace("ENDPOINT", "OTHER", StringComparison.Ordinal));
        await host.Expect("reload: restarted, because their configuration has changed: pull");
        host.Signal("HUP");
        await host.Expect("reload: unchanged: pull");
        host.Terminate();
        Assert.Equal(0, (await host.End()).ExitCode);
    }

    [SkippableFact]
    public async Task A_host_that_does_not_watch_stops_at_SIGHUP()
    {
        Write(Pull);
        var (host, socket) = await Start();
        await using var _ = host;

        host.Signal("HUP");

        Assert.Equal(0, (await host.End()).ExitCode);
        Assert.False(File.Exists(socket));
    }

    [SkippableFact]
    public async Task A_log_level_holds_at_once_for_a_host_or_one_of_its_roles()
    {
        Write(Pull);
        await using var host = HostProcess.Start(log, Config, "--set", "akka.loglevel=WARNING");
        await host.Expect("pull: pull on ");
        Assert.Equal(0, (await Tool("log-level", "info", "--for", "pull")).ExitCode);

        await using var push = PythonPeer.Connect(log, "push", _endpoint, "x", "3");
        await host.Expect(" connected");
        Assert.Equal(0, (await Tool("log-level", "warning")).ExitCode);
        await push.Kill();
        Assert.Equal(0, (await Tool("stop")).ExitCode);
        Assert.DoesNotContain((await host.End()).Lines, line => line.Contains(" info [", StringComparison.Ordinal));
    }
}

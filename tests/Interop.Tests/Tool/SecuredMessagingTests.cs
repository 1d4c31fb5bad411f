using Actors.Transport;
using Actors.Zmtp;
using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Interop.Tests.Tool;

/// <summary>Keys and passwords of <c>actors</c>, from files, the environment and contexts, against real libzmq.</summary>
public sealed class SecuredMessagingTests : IDisposable
{
    private static readonly CurveKeyPair Server = new();
    private static readonly CurveKeyPair Joe = new();

    private readonly ITestOutputHelper _log;
    private readonly string _folder = Directory.CreateTempSubdirectory("actors-").FullName;
    private readonly Dictionary<string, string> _environment = [];

    public SecuredMessagingTests(ITestOutputHelper log)
    {
        _log = log;
        CurveKeyFile.Write(PathOf("server.key"), Server);
        CurveKeyFile.Write(PathOf("joe.key"), Joe);
        File.WriteAllText(PathOf("clients.keys"), $"{Joe.PublicKeyZ85} joe\n");
        File.WriteAllText(PathOf("users.conf"), "joe secret\n");
        File.WriteAllText(PathOf("password"), "secret\n");
        _environment["ACTORS_CONTEXTS"] = PathOf("contexts");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string PathOf(string name) => Path.Combine(_folder, name);

    private Task<(PythonPeer Peer, string Endpoint)> TheirCurveServer() => PythonPeer.Bind(_log, "secured", "pull", "curve-server", Server.PublicKeyZ85, Server.SecretKeyZ85!, Joe.PublicKeyZ85);

    [SkippableFact]
    public async Task Send_with_a_key_file_is_let_in_by_a_libzmq_curve_server()
    {
        var (pull, endpoint) = await TheirCurveServer();
        await using var theirs = pull;
        await using var send = ToolProcess.Start(_log, "send", "--connect", endpoint, "--server-key", Server.PublicKeyZ85, "--key-file", PathOf("joe.key"), "sealed");

        await pull.Expect("received sealed");
        Assert.Equal(0, (await send.End()).ExitCode);
    }

    [SkippableFact]
    public async Task Send_by_a_context_with_a_secret_key_of_the_environment_is_let_in()
    {
        var (pull, endpoint) = await TheirCurveServer();
        await using var theirs = pull;
        var withKey = new Dictionary<string, string>(_environment) { ["ACTORS_SECRET_KEY"] = Joe.SecretKeyZ85! };
        await using var add = ToolProcess.Start(_log, withKey, "context", "add", "vault", "--connect", endpoint, "--server-key", Server.PublicKeyZ85);
        Assert.Equal(0, (await add.End()).ExitCode);

        await using var send = ToolProcess.Start(_log, _environment, "send", "--context", "vault", "sealed");

        await pull.Expect("received sealed");
        Assert.Equal(0, (await send.End()).ExitCode);
    }

    [SkippableFact]
    public async Task Send_with_a_key_that_is_not_listed_ends_at_once_and_says_so()
    {
        var (pull, endpoint) = await TheirCurveServer();
        await using var theirs = pull;
        await using var send = ToolProcess.Start(_log, "send", "--connect", endpoint, "--server-key", Server.PublicKeyZ85, "--timeout", "60s", "sealed");

        await send.Expect("send: no peer takes messages");
        Assert.Equal(1, (await send.End()).ExitCode);
    }

    [SkippableFact]
    public async Task Recv_as_a_curve_server_lets_a_listed_libzmq_client_in()
    {
        var (receive, endpoint) = await ToolProcess.Bind(_log, [], "recv", "--key-file", PathOf("server.key"), "--clients", PathOf("clients.keys"), "--count", "1");
        await using var ours = receive;
        await using var push = PythonPeer.Connect(_log, "secured", endpoint, "push", "curve-client", Server.PublicKeyZ85, Joe.PublicKeyZ85, Joe.SecretKeyZ85!);

        await push.WriteLine("sealed");

        await receive.Expect("sealed");
        Assert.Equal(0, (await receive.End()).ExitCode);
    }

    [SkippableFact]
    public async Task Plain_works_in_both_directions()
    {
        var (pull, endpoint) = await PythonPeer.Bind(_log, "secured", "pull", "plain-server", "joe", "secret");
        await using var theirs = pull;
        await using var send = ToolProcess.Start(_log, "send", "--connect", endpoint, "--username", "joe", "--password-file", PathOf("password"), "known");
        await pull.Expect("received known");
        Assert.Equal(0, (await send.End()).ExitCode);

        var (receive, ourEndpoint) = await ToolProcess.Bind(_log, [], "recv", "--users", PathOf("users.conf"), "--count", "1");
        await using var ours = receive;
        await using var push = PythonPeer.Connect(_log, "secured", ourEndpoint, "push", "plain-client", "joe", "secret");
        await push.WriteLine("known too");
        await receive.Expect("known too");
        Assert.Equal(0, (await receive.End()).ExitCode);
    }
}

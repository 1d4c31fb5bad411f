using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using Docs.Tests.Pages;
using Interop.Tests.Peers;

namespace Docs.Tests.Guides.AkkaRemote;

/// <summary>The configuration and the code of docs/migration/akka-remote.md: two nodes, on the transport from before and on this one.</summary>
public sealed class AkkaRemoteSamples : IAsyncLifetime
{
    private const string Page = "docs/migration/akka-remote.md";
    private const string Sources = "tests/Docs.Tests/Guides/AkkaRemote";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<ActorSystem> _systems = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var system in _systems) await system.Terminate();
    }

    [Fact]
    public void Its_code_is_that_of_this_folder()
    {
        DocumentedCode.Check(Page, "hocon", $"{Sources}/both.conf");
        DocumentedCode.Check(Page, "csharp", $"{Sources}/AkkaRemoteSamples.cs");
    }

    [Theory]
    [InlineData("dot-netty.tcp", "akka.tcp")]
    [InlineData("zmq", "akka.zmq")]
    public async Task One_file_and_the_same_code_serve_both_transports(string transport, string scheme)
    {
        var seed = HostProcess.FreeEndpoint().Split(':')[2];
        var text = Repository.Read($"{Sources}/both.conf")
            .Replace("transport = zmq\nscheme = akka.zmq", $"transport = {transport}\nscheme = {scheme}", StringComparison.Ordinal)
            .Replace("10.0.0.7", "127.0.0.1", StringComparison.Ordinal)
            .Replace(":2552\"", $":{seed}\"", StringComparison.Ordinal);
        var first = Start(text.Replace("port = 2552", $"port = {seed}", StringComparison.Ordinal));
        first.ActorOf(Props.Create<Greeter>(), "greeter");
        var system = Start(text.Replace("port = 2552", "port = 0", StringComparison.Ordinal));
        var joined = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Cluster.Get(system).RegisterOnMemberUp(joined.SetResult);
        await joined.Task.WaitAsync(Patience);

        #region code
        var members = Cluster.Get(system).State.Members.Where(member => member.Address != Cluster.Get(system).SelfAddress);
        var greeter = system.ActorSelection($"{members.First().Address}/user/greeter");
        var greeting = await greeter.Ask<string>("Ada", TimeSpan.FromSeconds(30));
        #endregion

        Assert.Equal($"Hello, Ada, from {scheme}!", greeting);
    }

    private ActorSystem Start(string configuration)
    {
        var system = ActorSystem.Create("app", ConfigurationFactory.ParseString(configuration));
        _systems.Add(system);
        return system;
    }

    private sealed class Greeter : ReceiveActor
    {
        public Greeter() => Receive<string>(name => Sender.Tell($"Hello, {name}, from {Cluster.Get(Context.System).SelfAddress.Protocol}!"));
    }
}

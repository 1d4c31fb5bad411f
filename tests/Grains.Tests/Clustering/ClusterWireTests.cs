using Actors.Grains.Clustering;
using Actors.Remoting;
using Actors.Zmtp;
using Akka.Actor;
using Akka.Configuration;

namespace Grains.Tests.Clustering;

public sealed class ClusterWireTests
{
    [Fact]
    public async Task Nodes_of_one_process_form_a_cluster_over_inproc()
    {
        var settings = new ClusterSettings { Nodes = 3, Wire = ClusterWire.Inproc };
        await using var one = await TestNode.StartAsync(settings);
        await using var two = await TestNode.StartAsync(settings, one);
        await two.AskUntilSpreadAsync(200, 2);
    }

    [Fact]
    public async Task Nodes_that_list_each_others_keys_form_a_cluster()
    {
        var (first, second) = (new CurveKeyPair(), new CurveKeyPair());
        string[] allowed = [first.PublicKeyZ85, second.PublicKeyZ85];
        await using var one = await TestNode.StartAsync(new ClusterSettings { Nodes = 3, Curve = new() { SecretKey = first.SecretKeyZ85, AllowedNodes = allowed } });
        await using var two = await TestNode.StartAsync(new ClusterSettings { Nodes = 3, Curve = new() { SecretKey = second.SecretKeyZ85, AllowedNodes = allowed } }, one);
        await two.AskUntilSpreadAsync(200, 2);
    }

    [Fact]
    public async Task A_message_that_names_its_type_is_refused_when_it_comes_from_outside()
    {
        await using var node = await TestNode.StartAsync(new ClusterSettings { Nodes = 3 });
        var received = new TaskCompletionSource<object>();
        node.System.ActorOf(Props.Create(() => new First(received)), "first");
        // A peer as Akka is by default: its JSON serializer writes the names of types.
        using var foreign = ActorSystem.Create("foreign", ConfigurationFactory.ParseString("akka.actor.provider = remote\nakka.loglevel = OFF\nakka.stdout-loglevel = OFF\n")
            .WithFallback(ZmqRemoting.Config(new ZmqRemoteSettings { Port = 0 })));
        var path = foreign.ActorSelection($"{node.Address}/user/first");

        path.Tell(new Cargo());
        path.Tell("after it");

        // Only the second arrives.
        Assert.Equal("after it", await received.Task.WaitAsync(TestNode.Limit));
        Assert.Equal(1, node.Refusing.Refused);
    }

    private sealed class First : ReceiveActor
    {
        public First(TaskCompletionSource<object> received) => ReceiveAny(message => received.TrySetResult(message));
    }
}

public sealed class Cargo
{
    public string Text { get; set; } = "hello";
}

using Akka.Actor;
using Akka.Event;

namespace Akka.Tests.Actor;

public sealed class Selections : SystemTest
{
    private IActorRef _a = null!;
    private IActorRef _b = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _a = Sys.ActorOf(Props.Create<Node>(), "a");
        _b = Sys.ActorOf(Props.Create<Node>(), "b");
        foreach (var (parent, child) in new[] { (_a, "one"), (_a, "two"), (_b, "one") })
            await parent.Ask<IActorRef>(child).Within(child);
    }

    [Theory]
    [InlineData("/user/a", "a")]
    [InlineData("user/a/one", "one")]
    [InlineData("akka://test/user/b/one", "one")]
    [InlineData("/user/a/../b", "b")]
    [InlineData("/user/a/t?o", "two")]
    [InlineData("/user/b/*", "one")]
    public async Task A_path_resolves(string path, string name)
    {
        var found = await Sys.ActorSelection(path).ResolveOne(Probe.Patience).Within("the actor");
        Assert.Equal(name, found.Path.Name);
    }

    [Theory]
    [InlineData("/user/nobody")]
    [InlineData("/user/a/nobody/below")]
    [InlineData("akka://other/user/a")]
    public async Task A_path_where_nobody_lives_is_not_found(string path) =>
        await Assert.ThrowsAsync<ActorNotFoundException>(() => Sys.ActorSelection(path).ResolveOne(TimeSpan.FromSeconds(1)).Within("the answer"));

    [Fact]
    public async Task A_wildcard_reaches_all_that_match()
    {
        var probe = new Probe(Sys);
        Sys.ActorSelection("/user/*/one").Tell("who", probe.Ref);
        var paths = new[] { await probe.Next<string>(), await probe.Next<string>() };
        Assert.Equal(["/user/a/one", "/user/b/one"], paths.Order());
        await probe.ExpectNothingBefore("marker");
    }

    [Fact]
    public async Task A_double_wildcard_reaches_all_below()
    {
        var probe = new Probe(Sys);
        Sys.ActorSelection("/user/a/**").Tell("who", probe.Ref);
        var paths = new[] { await probe.Next<string>(), await probe.Next<string>() };
        Assert.Equal(["/user/a/one", "/user/a/two"], paths.Order());
    }

    [Fact]
    public async Task A_relative_path_starts_at_the_actor()
    {
        var probe = new Probe(Sys);
        probe.Run(context => context.ActorSelection("../a/two").Tell("who", probe.Ref));
        await probe.Expect("/user/a/two");
    }

    [Fact]
    public async Task What_reaches_nobody_is_a_dead_letter()
    {
        var probe = new Probe(Sys);
        Sys.EventStream.Subscribe(probe.Ref, typeof(DeadLetter));
        Sys.ActorSelection("/user/nobody").Tell("lost", probe.Ref);
        var letter = await probe.Next<DeadLetter>();
        Assert.Equal("lost", letter.Message);
        Assert.Equal("/user/nobody", letter.Recipient.Path.ToStringWithoutAddress());
    }

    [Fact]
    public async Task Identify_is_answered_by_every_actor()
    {
        var identity = await _a.Ask<ActorIdentity>(new Identify(5)).Within("the identity");
        Assert.Equal(new ActorIdentity(5, _a), identity);
    }

    [Fact]
    public void References_resolve_from_their_serialization_format()
    {
        var provider = ((ExtendedActorSystem)Sys).Provider;
        Assert.Same(_a, provider.ResolveActorRef(_a.Path.ToSerializationFormat()));
        Assert.Equal(_a, provider.ResolveActorRef("akka://test/user/a"));
        Assert.NotEqual(_a, provider.ResolveActorRef(_a.Path.WithUid(1).ToSerializationFormat()));
    }

    private sealed class Node : ReceiveActor
    {
        public Node()
        {
            Receive<string>(text => text == "who", _ => Sender.Tell(Self.Path.ToStringWithoutAddress()));
            Receive<string>(name => Sender.Tell(Context.ActorOf(Props.Create<Node>(), name)));
        }
    }
}

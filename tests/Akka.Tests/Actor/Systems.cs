using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;

namespace Akka.Tests.Actor;

public sealed class Systems : SystemTest
{
    [Theory]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("a b")]
    [InlineData("a/b")]
    public void Bad_system_names_are_refused(string name) => Assert.Throws<ArgumentException>(() => ActorSystem.Create(name));

    [Fact]
    public void A_name_is_taken_as_long_as_its_actor_lives()
    {
        Sys.ActorOf(Props.Create<Nothing>(), "name");
        var failure = Assert.Throws<InvalidActorNameException>(() => Sys.ActorOf(Props.Create<Nothing>(), "name"));
        Assert.Contains("name", failure.Message);
    }

    [Fact]
    public async Task A_name_is_free_again_once_the_watcher_is_told()
    {
        var probe = new Probe(Sys);
        var actor = new TaskCompletionSource<IActorRef>(TaskCreationOptions.RunContinuationsAsynchronously);
        probe.Run(context => actor.SetResult(context.Watch(context.ActorOf(Props.Create<Nothing>(), "again"))));
        var first = await actor.Task;
        first.Tell(PoisonPill.Instance);
        await probe.Next<Terminated>();
        probe.Run(context => context.Self.Tell(context.ActorOf(Props.Create<Nothing>(), "again")));
        Assert.NotEqual(first, await probe.Next<IActorRef>());
    }

    [Theory]
    [InlineData("")]
    [InlineData("$a")]
    [InlineData("a/b")]
    public void Bad_actor_names_are_refused(string name) =>
        Assert.Throws<InvalidActorNameException>(() => Sys.ActorOf(Props.Create<Nothing>(), name));

    [Fact]
    public void Actors_without_a_name_get_one_each() =>
        Assert.Equal(100, Enumerable.Range(0, 100).Select(_ => Sys.ActorOf(Props.Create<Nothing>()).Path.Name).Distinct().Count());

    [Fact]
    public async Task A_bootstrap_setup_brings_the_configuration()
    {
        var setup = BootstrapSetup.Create()
            .WithConfig(ConfigurationFactory.ParseString("my.key = 5"))
            .WithConfigFallback(ConfigurationFactory.ParseString("my.key = 6, my.other = 7"))
            .WithActorRefProvider(ProviderSelection.Local.Instance);
        var system = ActorSystem.Create("boot", setup.And(new Custom("custom")));
        Assert.Equal(5, system.Settings.Config.GetInt("my.key"));
        Assert.Equal(7, system.Settings.Config.GetInt("my.other"));
        Assert.Equal("custom", system.Settings.Setup.Get<Custom>().Value.Value);
        await system.Terminate().Within("the end");
    }

    [Fact]
    public async Task Terminate_may_be_called_by_all_and_more_than_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(Sys.Terminate))).Within("the end");
        await Sys.Terminate().Within("the end");
    }

    [Fact]
    public async Task Stop_reaches_actors_at_the_top_and_below()
    {
        var probe = new Probe(Sys);
        var top = Sys.ActorOf(Props.Create<Nothing>(), "top");
        probe.Watch(top);
        Sys.Stop(top);
        await probe.Next<Terminated>();
    }

    [Fact]
    public async Task An_extension_is_made_once()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Sys.WithExtension<Counted, CountedProvider>())));
        Assert.Single(made.Distinct());
        Assert.True(Sys.HasExtension<Counted>());
        Assert.Same(made[0], Sys.GetExtension<Counted>());
        Assert.Same(made[0], new CountedProvider().Get(Sys));
    }

    [Fact]
    public async Task Extensions_of_the_configuration_start_with_the_system()
    {
        var system = ActorSystem.Create("extended", ConfigurationFactory.ParseString(
            $"akka {{ stdout-loglevel = OFF, loglevel = OFF, extensions = [\"{typeof(CountedProvider).AssemblyQualifiedName}\"] }}"));
        Assert.True(system.HasExtension<Counted>());
        await system.Terminate().Within("the end");
    }

    [Fact]
    public void An_unknown_provider_is_an_error_that_says_so()
    {
        var failure = Assert.Throws<ConfigurationException>(() => ActorSystem.Create("remote", "akka.actor.provider = remote"));
        Assert.Contains("remote", failure.Message);
    }

    [Fact]
    public void A_logger_that_does_not_exist_is_an_error_that_names_it()
    {
        var failure = Assert.Throws<ConfigurationException>(
            () => ActorSystem.Create("nologger", """akka { stdout-loglevel = OFF, loggers = ["No.Such.Logger"] }"""));
        Assert.Contains("No.Such.Logger", failure.Message);
    }

    [Fact]
    public async Task The_strategy_of_the_user_guardian_is_configured()
    {
        var system = ActorSystem.Create("stopping", """
            akka { stdout-loglevel = OFF, loglevel = OFF, actor.guardian-supervisor-strategy = "Akka.Actor.StoppingSupervisorStrategy" }
            """);
        var actor = system.ActorOf(Props.Create<Failing>());
        var end = actor.WatchAsync();
        actor.Tell("fail");
        Assert.True(await end.Within("the stop"));
        await system.Terminate().Within("the end");
    }

    [Fact]
    public async Task The_tree_can_be_printed()
    {
        var parent = Sys.ActorOf(Props.Create<Nothing>(), "printed");
        await parent.Ask<ActorIdentity>(new Identify(1)).Within("the actor");
        var tree = ((ExtendedActorSystem)Sys).PrintTree();
        Assert.Contains("printed LocalActorRef", tree);
        Assert.Contains(nameof(Nothing), tree);
    }

    private sealed class Nothing : ReceiveActor;

    private sealed class Failing : ReceiveActor
    {
        public Failing() => ReceiveAny(_ => throw new ApplicationException("fail"));
    }

    private sealed class Custom(string value) : Akka.Actor.Setup.Setup
    {
        public string Value { get; } = value;
    }

    public sealed class Counted : IExtension;

    public sealed class CountedProvider : ExtensionIdProvider<Counted>
    {
        public override Counted CreateExtension(ExtendedActorSystem system) => new();
    }
}

using Akka.Actor;

namespace Akka.Tests.Actor;

public sealed class DeathWatch : SystemTest
{
    [Fact]
    public async Task A_watcher_is_told_of_the_end()
    {
        var probe = new Probe(Sys);
        var actor = Sys.ActorOf(Props.Create<Nothing>());
        probe.Run(context =>
        {
            context.Watch(actor);
            context.Self.Tell("watching");
        });
        await probe.Expect("watching");
        actor.Tell(PoisonPill.Instance);
        var terminated = await probe.Next<Terminated>();
        Assert.Equal(actor, terminated.ActorRef);
        Assert.True(terminated.ExistenceConfirmed);
    }

    [Fact]
    public async Task Watching_an_actor_that_has_stopped_tells_at_once()
    {
        var probe = new Probe(Sys);
        var actor = Sys.ActorOf(Props.Create<Nothing>());
        Assert.True(await actor.GracefulStop(Probe.Patience).Within("the stop"));
        probe.Watch(actor);
        Assert.Equal(actor, (await probe.Next<Terminated>()).ActorRef);
    }

    [Fact]
    public async Task Watching_a_path_where_nobody_lives_tells_at_once()
    {
        var probe = new Probe(Sys);
        var provider = ((ExtendedActorSystem)Sys).Provider;
        var nobody = provider.ResolveActorRef("akka://test/user/nobody");
        probe.Watch(nobody);
        Assert.False((await probe.Next<Terminated>()).ExistenceConfirmed);
    }

    [Fact]
    public async Task WatchWith_tells_the_message_instead()
    {
        var probe = new Probe(Sys);
        var actor = Sys.ActorOf(Props.Create<Nothing>());
        probe.Run(context => context.WatchWith(actor, "gone"));
        actor.Tell(PoisonPill.Instance);
        await probe.Expect("gone");
    }

    [Fact]
    public async Task Unwatch_ends_the_watch_even_when_the_end_is_in_the_mailbox()
    {
        var probe = new Probe(Sys);
        var actor = Sys.ActorOf(Props.Create<Nothing>());
        var blocked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        probe.Watch(actor);
        probe.Run(context =>
        {
            reached.SetResult();
            Assert.True(blocked.Task.Wait(Probe.Patience));
            context.Unwatch(actor);
        });
        await reached.Task.Within("the probe to be busy");
        Assert.True(await actor.GracefulStop(Probe.Patience).Within("the stop"));
        blocked.SetResult();
        await probe.ExpectNothingBefore("marker");
    }

    [Fact]
    public async Task An_unhandled_Terminated_breaks_the_death_pact()
    {
        var probe = new Probe(Sys);
        var actor = Sys.ActorOf(Props.Create<Nothing>());
        var partner = Sys.ActorOf(Props.Create(() => new Partner(actor)));
        probe.Watch(partner);
        actor.Tell(PoisonPill.Instance);
        Assert.Equal(partner, (await probe.Next<Terminated>()).ActorRef);
    }

    [Fact]
    public async Task Watching_again_with_another_message_is_an_error()
    {
        var probe = new Probe(Sys);
        var actor = Sys.ActorOf(Props.Create<Nothing>());
        probe.Run(context =>
        {
            context.WatchWith(actor, "one");
            try
            {
                context.WatchWith(actor, "two");
            }
            catch (InvalidOperationException failure)
            {
                context.Self.Tell(failure);
            }
        });
        Assert.Contains("another termination message", (await probe.Next<InvalidOperationException>()).Message);
    }

    [Fact]
    public async Task A_parent_that_watches_its_child_is_told_once()
    {
        var probe = new Probe(Sys);
        var child = new TaskCompletionSource<IActorRef>(TaskCreationOptions.RunContinuationsAsynchronously);
        probe.Run(context => child.SetResult(context.Watch(context.ActorOf(Props.Create<Nothing>()))));
        (await child.Task).Tell(PoisonPill.Instance);
        await probe.Next<Terminated>();
        await probe.ExpectNothingBefore("marker");
    }

    [Fact]
    public async Task WatchAsync_waits_from_outside()
    {
        var actor = Sys.ActorOf(Props.Create<Nothing>());
        var watched = actor.WatchAsync();
        actor.Tell(PoisonPill.Instance);
        Assert.True(await watched.Within("the end"));
    }

    private sealed class Nothing : ReceiveActor;

    private sealed class Partner : ReceiveActor
    {
        public Partner(IActorRef other) => Context.Watch(other);
    }
}

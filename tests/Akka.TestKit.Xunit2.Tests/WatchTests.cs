using Akka.Actor;
using Akka.TestKit.TestActors;

namespace Akka.TestKit.Tests;

public class WatchTests : Xunit2.TestKit
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    [Fact]
    public void The_end_of_a_watched_actor_is_received()
    {
        var actor = Watch(Sys.ActorOf(SimpleEchoActor.Props()));

        actor.Tell(PoisonPill.Instance);

        Assert.Equal(actor, ExpectTerminated(actor, Wait).ActorRef);
    }

    [Fact]
    public void The_end_of_another_fails()
    {
        var (one, two) = (Watch(Sys.ActorOf(SimpleEchoActor.Props(), "one")), Sys.ActorOf(SimpleEchoActor.Props(), "two"));
        Sys.Stop(one);

        var text = FailureOf.This(() => ExpectTerminated(two, Wait));

        Assert.Contains("/user/one", text);
        Assert.Contains("/user/two", text);
    }

    [Fact]
    public void Unwatched_the_end_is_not_received()
    {
        var actor = Watch(Sys.ActorOf(SimpleEchoActor.Props()));
        Unwatch(actor);
        var witness = CreateTestProbe();
        witness.Watch(actor);

        Sys.Stop(actor);

        witness.ExpectTerminated(actor, Wait);
        ExpectNoMsg(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task It_can_be_awaited()
    {
        var actor = await WatchAsync(Sys.ActorOf(SimpleEchoActor.Props()));
        Sys.Stop(actor);
        await ExpectTerminatedAsync(actor, Wait);
    }
}

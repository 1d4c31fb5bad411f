using Akka.Actor;
using Akka.Event;

namespace Akka.Tests.Event;

public sealed class EventStreams : SystemTest
{
    [Fact]
    public async Task A_subscriber_gets_its_type_and_those_below()
    {
        var probe = new Probe(Sys);
        Sys.EventStream.Subscribe<Animal>(probe.Ref);
        Sys.EventStream.Publish(new Dog());
        Sys.EventStream.Publish("no animal");
        Sys.EventStream.Publish(new Animal());
        await probe.Next<Dog>();
        await probe.Next<Animal>();
        await probe.ExpectNothingBefore("marker");
    }

    [Fact]
    public async Task Interfaces_count()
    {
        var probe = new Probe(Sys);
        Sys.EventStream.Subscribe(probe.Ref, typeof(IBarks));
        Sys.EventStream.Publish(new Dog());
        await probe.Next<Dog>();
    }

    [Fact]
    public async Task Two_subscriptions_of_one_actor_deliver_once()
    {
        var probe = new Probe(Sys);
        Assert.True(Sys.EventStream.Subscribe(probe.Ref, typeof(Dog)));
        Assert.True(Sys.EventStream.Subscribe(probe.Ref, typeof(Animal)));
        Assert.False(Sys.EventStream.Subscribe(probe.Ref, typeof(Animal)));
        Sys.EventStream.Publish(new Dog());
        await probe.Next<Dog>();
        await probe.ExpectNothingBefore("marker");
    }

    [Fact]
    public async Task Unsubscribe_ends_a_subscription()
    {
        var probe = new Probe(Sys);
        Sys.EventStream.Subscribe(probe.Ref, typeof(Animal));
        Assert.True(Sys.EventStream.Unsubscribe(probe.Ref, typeof(Animal)));
        Assert.False(Sys.EventStream.Unsubscribe(probe.Ref));
        Sys.EventStream.Publish(new Dog());
        await probe.ExpectNothingBefore("marker");
    }

    [Fact]
    public async Task A_subscriber_that_stops_is_unsubscribed()
    {
        var letters = new Probe(Sys);
        Sys.EventStream.Subscribe(letters.Ref, typeof(DeadLetter));
        var probe = new Probe(Sys);
        Sys.EventStream.Subscribe(probe.Ref, typeof(Animal));
        var end = probe.Ref.WatchAsync();
        probe.Ref.Tell(PoisonPill.Instance);
        Assert.True(await end.Within("the end"));
        // Once the unsubscriber has answered, it has processed what was told before.
        var unsubscriber = await Sys.ActorSelection("/system/EventStreamUnsubscriber*").ResolveOne(Probe.Patience).Within("the unsubscriber");
        await unsubscriber.Ask<ActorIdentity>(new Identify(1)).Within("the unsubscriber");
        await unsubscriber.Ask<ActorIdentity>(new Identify(2)).Within("the unsubscriber");
        Assert.False(Sys.EventStream.Unsubscribe(probe.Ref));
    }

    private interface IBarks;

    private class Animal;

    private sealed class Dog : Animal, IBarks;
}

using Akka.Actor;
using Akka.Pattern;
using Akka.TestKit.TestActors;

namespace Akka.TestKit.Tests;

public class TestActorRefTests : Xunit2.TestKit
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    private sealed class Counter : ReceiveActor
    {
        public Counter()
            : this(0)
        {
        }

        public Counter(int start)
        {
            Count = start;
            Receive<int>(n =>
            {
                Thread = Environment.CurrentManagedThreadId;
                Count += n;
            });
            Receive<string>(_ => Sender.Tell(Count));
            Receive<Exception>(failure => throw failure);
            Receive<Terminated>(t => Ended = t.ActorRef);
        }

        public int Count { get; private set; }

        public int Thread { get; private set; }

        public IActorRef? Ended { get; private set; }
    }

    [Fact]
    public void A_message_is_processed_when_tell_returns_and_on_the_same_thread()
    {
        var counter = ActorOfAsTestActorRef<Counter>();

        counter.Tell(3);
        counter.Tell(4);

        Assert.Equal(7, counter.UnderlyingActor.Count);
        Assert.Equal(Environment.CurrentManagedThreadId, counter.UnderlyingActor.Thread);
    }

    [Fact]
    public void It_is_made_from_props_or_an_expression_with_a_name()
    {
        var one = ActorOfAsTestActorRef<Counter>(Props.Create(() => new Counter(5)), "one");
        var two = ActorOfAsTestActorRef(() => new Counter(6), "two");

        Assert.Equal(5, one.UnderlyingActor.Count);
        Assert.Equal(6, two.UnderlyingActor.Count);
        Assert.Equal("/user/one", one.Path.ToStringWithoutAddress());
        Assert.Equal("two", two.Path.Name);
    }

    [Fact]
    public async Task It_is_an_actor_like_any_other()
    {
        var counter = ActorOfAsTestActorRef<Counter>("counter");

        counter.Tell(2, TestActor);
        counter.Tell("count", TestActor);

        ExpectMsgFrom(counter.Ref, 2, Wait);
        Assert.Equal(counter.Ref, await Sys.ActorSelection("/user/counter").ResolveOne(Wait));
        Assert.True(counter == counter.Ref);
        Assert.True(counter.Equals((IActorRef)counter));
    }

    [Fact]
    public void The_test_is_the_sender_of_what_it_tells()
    {
        var counter = ActorOfAsTestActorRef<Counter>();

        counter.Tell("count");

        ExpectMsg(0, Wait);
    }

    [Fact]
    public void Receive_passes_the_failure_to_the_caller()
    {
        var counter = ActorOfAsTestActorRef<Counter>();

        Assert.Throws<FormatException>(() => counter.Receive(new FormatException()));
        counter.Receive("count", TestActor);
        ExpectMsg(0, Wait);
    }

    [Fact]
    public void A_failure_of_a_tell_goes_to_the_supervisor_and_a_restart_makes_another_object()
    {
        var counter = ActorOfAsTestActorRef<Counter>();
        counter.Tell(1);
        var before = counter.UnderlyingActor;

        EventFilter.Exception<FormatException>("x").ExpectOne(Wait, () => counter.Tell(new FormatException("x")));

        AwaitAssert(() => Assert.NotSame(before, counter.UnderlyingActor), Wait);
        Assert.Equal(0, counter.UnderlyingActor.Count);
    }

    [Fact]
    public void It_has_the_supervisor_that_was_given()
    {
        var parent = Sys.ActorOf(SimpleEchoActor.Props(), "parent");

        var counter = ActorOfAsTestActorRef<Counter>(parent, "child");

        Assert.Equal("/user/parent/child", counter.Path.ToStringWithoutAddress());
        Watch(counter.Ref);
        Sys.Stop(parent);
        ExpectTerminated(counter.Ref, Wait);
    }

    [Fact]
    public void It_watches()
    {
        var counter = ActorOfAsTestActorRef<Counter>();
        var other = Sys.ActorOf(SimpleEchoActor.Props());
        counter.Watch(other);

        Sys.Stop(other);

        AwaitAssert(() => Assert.Equal(other, counter.UnderlyingActor.Ended), Wait);
    }

    [Fact]
    public void A_stopped_one_has_no_object()
    {
        var counter = ActorOfAsTestActorRef<Counter>();
        Watch(counter.Ref);
        Sys.Stop(counter.Ref);
        ExpectTerminated(counter.Ref, Wait);

        Assert.Throws<IllegalStateException>(() => counter.UnderlyingActor);
    }

    [Fact]
    public void A_name_that_is_taken_is_refused()
    {
        ActorOfAsTestActorRef<Counter>("taken");

        Assert.Throws<InvalidActorNameException>(() => ActorOfAsTestActorRef<Counter>("taken"));
    }
}

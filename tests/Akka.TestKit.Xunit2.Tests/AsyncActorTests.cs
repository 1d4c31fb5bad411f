using Akka.Actor;

namespace Akka.TestKit.Tests;

public class AsyncActorTests : Xunit2.TestKit
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    private sealed class Fetching : ReceiveActor
    {
        public Fetching()
        {
            ReceiveAsync<Task<string>>(async fetch =>
            {
                var sender = Sender;
                Fetched = await fetch;
                Assert.Equal(sender, Sender);
                Sender.Tell(Fetched);
            });
            Receive<string>(text => Sender.Tell($"{text} after {Fetched}"));
        }

        public string? Fetched { get; private set; }
    }

    [Fact]
    public void A_message_waits_for_the_asynchronous_handler_before_it()
    {
        var fetch = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = Sys.ActorOf(Props.Create<Fetching>());

        actor.Tell(fetch.Task);
        actor.Tell("next");
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        fetch.SetResult("data");

        ExpectMsg("data", Wait);
        ExpectMsg("next after data", Wait);
    }

    [Fact]
    public void It_is_the_same_on_the_calling_thread()
    {
        var fetch = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = ActorOfAsTestActorRef<Fetching>();

        actor.Tell(fetch.Task);
        actor.Tell("next");
        Assert.Null(actor.UnderlyingActor.Fetched);
        fetch.SetResult("data");

        ExpectMsg("data", Wait);
        ExpectMsg("next after data", Wait);
        Assert.Equal("data", actor.UnderlyingActor.Fetched);
    }

    [Fact]
    public void A_failure_behind_an_await_is_the_actors_failure()
    {
        var fetch = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = Sys.ActorOf(Props.Create<Fetching>());

        EventFilter.Exception<FormatException>("bad data").ExpectOne(Wait, () =>
        {
            actor.Tell(fetch.Task);
            fetch.SetException(new FormatException("bad data"));
        });

        actor.Tell("next");
        ExpectMsg("next after ", Wait);
    }

    [Fact]
    public void The_result_of_a_task_can_be_piped_to_a_probe()
    {
        var probe = CreateTestProbe();
        var work = new TaskCompletionSource<int>();

        work.Task.PipeTo(probe.Ref, TestActor);
        work.Task.PipeTo(probe.Ref, TestActor, success: n => $"got {n}");
        work.SetResult(7);

        probe.ExpectMsgAllOf<object>(Wait, 7, "got 7");
        Assert.Equal(TestActor, probe.LastSender);
    }
}

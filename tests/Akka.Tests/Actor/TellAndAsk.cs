using Akka.Actor;

namespace Akka.Tests.Actor;

public sealed class TellAndAsk : SystemTest
{
    [Fact]
    public async Task Messages_of_one_sender_arrive_in_order()
    {
        var probe = new Probe(Sys);
        for (var i = 0; i < 1000; i++)
            probe.Ref.Tell(i);
        for (var i = 0; i < 1000; i++)
            Assert.Equal(i, await probe.Next());
    }

    [Fact]
    public async Task Many_senders_lose_nothing()
    {
        const int senders = 4, each = 20_000;
        var done = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var counter = Sys.ActorOf(Props.Create(() => new Counter(senders * each, done)));
        await Task.WhenAll(Enumerable.Range(0, senders).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < each; i++)
                counter.Tell("count", ActorRefs.NoSender);
        })));
        Assert.Equal(senders * each, await done.Task.Within("all messages to be counted"));
    }

    [Fact]
    public async Task Ask_returns_the_answer()
    {
        var echo = Sys.ActorOf(Props.Create<Echo>(), "echo");
        Assert.Equal("hello", await echo.Ask<string>("hello").Within("the answer"));
    }

    [Fact]
    public async Task Ask_without_an_answer_times_out()
    {
        var silent = Sys.ActorOf(Props.Create<Silent>());
        await Assert.ThrowsAsync<AskTimeoutException>(() => silent.Ask<string>("?", TimeSpan.FromMilliseconds(50)).Within("the timeout"));
    }

    [Fact]
    public async Task Ask_can_be_cancelled()
    {
        var silent = Sys.ActorOf(Props.Create<Silent>());
        using var cancellation = new CancellationTokenSource();
        var answer = silent.Ask<string>("?", null, cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer.Within("the cancellation"));
    }

    [Fact]
    public async Task Ask_gets_the_exception_of_a_failure_answer()
    {
        var echo = Sys.ActorOf(Props.Create<Echo>());
        var failure = await Assert.ThrowsAsync<ApplicationException>(
            () => echo.Ask<string>(new Status.Failure(new ApplicationException("no"))).Within("the answer"));
        Assert.Equal("no", failure.Message);
    }

    [Fact]
    public async Task Ask_names_an_answer_of_the_wrong_type()
    {
        var echo = Sys.ActorOf(Props.Create<Echo>());
        var failure = await Assert.ThrowsAsync<ArgumentException>(() => echo.Ask<int>("text").Within("the answer"));
        Assert.Contains("System.String", failure.Message);
        Assert.Contains("System.Int32", failure.Message);
    }

    [Fact]
    public async Task Forward_keeps_the_sender()
    {
        var echo = Sys.ActorOf(Props.Create<Echo>());
        var forwarder = Sys.ActorOf(Props.Create(() => new Forwarder(echo)));
        Assert.Equal("through", await forwarder.Ask<string>("through").Within("the answer"));
    }

    [Fact]
    public void A_null_message_is_refused()
    {
        var echo = Sys.ActorOf(Props.Create<Echo>());
        Assert.Throws<InvalidMessageException>(() => echo.Tell(null!));
    }

    [Fact]
    public async Task PipeTo_tells_the_result_or_the_failure()
    {
        var probe = new Probe(Sys);
        await Task.FromResult(5).PipeTo(probe.Ref);
        await probe.Expect(5);
        await Task.FromException<int>(new ApplicationException("broken")).PipeTo(probe.Ref);
        Assert.Equal("broken", (await probe.Next<Status.Failure>()).Cause.Message);
        await Task.FromResult(5).PipeTo(probe.Ref, success: five => $"<{five}>", failure: _ => "failed");
        await probe.Expect("<5>");
    }

    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(message => Sender.Tell(message));
    }

    private sealed class Silent : ReceiveActor
    {
        public Silent() => ReceiveAny(_ => { });
    }

    private sealed class Forwarder : ReceiveActor
    {
        public Forwarder(IActorRef to) => ReceiveAny(message => to.Forward(message));
    }

    private sealed class Counter : ReceiveActor
    {
        private int _count;

        public Counter(int wanted, TaskCompletionSource<int> done) => Receive<string>(_ =>
        {
            if (++_count == wanted)
                done.SetResult(_count);
        });
    }
}

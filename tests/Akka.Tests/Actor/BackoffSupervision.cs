using Akka.Actor;
using Akka.Event;
using Akka.Pattern;

namespace Akka.Tests.Actor;

public sealed class BackoffSupervision : SystemTest
{
    private static readonly TimeSpan Min = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Max = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task A_child_that_stops_is_started_again()
    {
        var probe = new Probe(Sys);
        var supervisor = Sys.ActorOf(BackoffSupervisor.Props(Backoff.OnStop(Child(probe), "child", Min, Max, 0.2)));
        await probe.Expect("started");
        supervisor.Tell("stop");
        await probe.Expect("started");
        var count = await supervisor.Ask<BackoffSupervisor.RestartCount>(BackoffSupervisor.GetRestartCount.Instance).Within("the count");
        Assert.InRange(count.Count, 0, 1);
    }

    [Fact]
    public async Task A_child_that_fails_is_started_again_from_new()
    {
        var probe = new Probe(Sys);
        var supervisor = Sys.ActorOf(BackoffSupervisor.Props(Backoff.OnFailure(Child(probe), "child", Min, Max, 0).WithManualReset()));
        await probe.Expect("started");
        var first = await CurrentChild(supervisor);
        supervisor.Tell("fail");
        await probe.Expect("started");
        Assert.NotEqual(first, await CurrentChild(supervisor));
        var count = await supervisor.Ask<BackoffSupervisor.RestartCount>(BackoffSupervisor.GetRestartCount.Instance).Within("the count");
        Assert.Equal(1, count.Count);
    }

    [Fact]
    public async Task Under_OnFailure_a_stop_of_the_child_stops_the_supervisor()
    {
        var probe = new Probe(Sys);
        var supervisor = Sys.ActorOf(BackoffSupervisor.Props(Backoff.OnFailure(Child(probe), "child", Min, Max, 0)));
        await probe.Expect("started");
        var end = supervisor.WatchAsync();
        supervisor.Tell("stop");
        Assert.True(await end.Within("the end"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_so_many_starts_the_supervisor_stops(bool onStop)
    {
        var probe = new Probe(Sys);
        var options = onStop
            ? Backoff.OnStop(Child(probe), "child", Min, Max, 0, 2)
            : Backoff.OnFailure(Child(probe), "child", Min, Max, 0, 2);
        var supervisor = Sys.ActorOf(BackoffSupervisor.Props(options.WithManualReset()));
        var end = supervisor.WatchAsync();
        for (var i = 0; i < 3; i++)
        {
            await probe.Expect("started");
            supervisor.Tell(onStop ? "stop" : "fail");
        }

        Assert.True(await end.Within("the end"));
    }

    [Fact]
    public async Task Without_a_child_messages_are_answered_or_dead()
    {
        var probe = new Probe(Sys);
        var slow = TimeSpan.FromMinutes(1);
        var supervisor = Sys.ActorOf(BackoffSupervisor.Props(Backoff.OnStop(Child(probe), "child", slow, slow, 0).WithReplyWhileStopped("not now")));
        await probe.Expect("started");
        var end = (await CurrentChild(supervisor)).WatchAsync();
        supervisor.Tell("stop");
        Assert.True(await end.Within("the end of the child"));
        await WaitForNoChild(supervisor);
        Assert.Equal("not now", await supervisor.Ask<string>("anything").Within("the answer"));

        Sys.EventStream.Subscribe(probe.Ref, typeof(DeadLetter));
        var silent = Sys.ActorOf(BackoffSupervisor.Props(Backoff.OnStop(Child(probe), "child", slow, slow, 0)));
        await probe.Expect("started");
        silent.Tell("stop");
        await WaitForNoChild(silent);
        silent.Tell("lost");
        await probe.FishFor<DeadLetter>(letter => letter.Message is "lost", "the dead letter");
    }

    [Fact]
    public async Task After_a_final_message_the_end_of_the_child_is_the_end()
    {
        var probe = new Probe(Sys);
        var supervisor = Sys.ActorOf(BackoffSupervisor.Props(
            Backoff.OnStop(Child(probe), "child", Min, Max, 0).WithFinalStopMessage(message => message is "stop")));
        await probe.Expect("started");
        var end = supervisor.WatchAsync();
        supervisor.Tell("stop");
        Assert.True(await end.Within("the end"));
    }

    [Fact]
    public async Task A_manual_reset_starts_the_count_again()
    {
        var probe = new Probe(Sys);
        var supervisor = Sys.ActorOf(BackoffSupervisor.Props(Backoff.OnStop(Child(probe), "child", Min, Max, 0).WithManualReset()));
        await probe.Expect("started");
        supervisor.Tell("stop");
        await probe.Expect("started");
        supervisor.Tell(BackoffSupervisor.Reset.Instance);
        var count = await supervisor.Ask<BackoffSupervisor.RestartCount>(BackoffSupervisor.GetRestartCount.Instance).Within("the count");
        Assert.Equal(0, count.Count);
    }

    [Fact]
    public void The_delay_doubles_up_to_the_maximum()
    {
        var delays = Enumerable.Range(0, 5).Select(count => BackoffSupervisorBase.CalculateDelay(count, Min, Max, 0)).ToArray();
        Assert.Equal([20, 40, 80, 100, 100], delays.Select(delay => delay.TotalMilliseconds));
        Assert.Equal(Max, BackoffSupervisorBase.CalculateDelay(10_000, Min, Max, 0));
        Assert.InRange(BackoffSupervisorBase.CalculateDelay(0, Min, Max, 0.5), Min, Min * 1.5);
    }

    [Fact]
    public void Options_are_checked()
    {
        var props = Props.Create<ReceiveProxy>();
        Assert.Throws<ArgumentException>(() => Backoff.OnStop(props, "child", TimeSpan.Zero, Max, 0));
        Assert.Throws<ArgumentException>(() => Backoff.OnStop(props, "child", Max, Min, 0));
        Assert.Throws<ArgumentException>(() => Backoff.OnStop(props, "child", Min, Max, 2));
    }

    private static Props Child(Probe probe)
    {
        var target = probe.Ref;
        return Props.Create(() => new StopOrFail(target));
    }

    private static async Task<IActorRef> CurrentChild(IActorRef supervisor) =>
        (await supervisor.Ask<BackoffSupervisor.CurrentChild>(BackoffSupervisor.GetCurrentChild.Instance).Within("the child")).Ref;

    private static async Task WaitForNoChild(IActorRef supervisor)
    {
        // Each question is answered after the supervisor has processed what came before.
        using var patience = new CancellationTokenSource(Probe.Patience);
        while (await CurrentChild(supervisor) is not null)
            patience.Token.ThrowIfCancellationRequested();
    }

    private sealed class ReceiveProxy : ReceiveActor;

    private sealed class StopOrFail : ReceiveActor
    {
        private readonly IActorRef _probe;

        public StopOrFail(IActorRef probe)
        {
            _probe = probe;
            Receive<string>(text => text == "stop", _ => Context.Stop(Self));
            Receive<string>(text => text == "fail", _ => throw new ApplicationException("fail"));
        }

        protected override void PreStart() => _probe.Tell("started");
    }
}

using Akka.Actor;

namespace Akka.Tests.Actor;

public sealed class AsyncHandlers : SystemTest
{
    [Fact]
    public async Task No_other_message_is_processed_while_a_handler_awaits()
    {
        var probe = new Probe(Sys);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = Sys.ActorOf(Props.Create(() => new Awaiting(probe.Ref, gate.Task)));
        actor.Tell("one");
        actor.Tell("two");
        await probe.Expect("one begins");
        await probe.ExpectNothingBefore("marker");
        gate.SetResult();
        await probe.Expect("one ends", "two begins", "two ends");
    }

    [Fact]
    public async Task Sender_and_self_are_the_same_after_an_await()
    {
        var actor = Sys.ActorOf(Props.Create<AnswersLater>());
        var answers = Enumerable.Range(0, 100).Select(i => actor.Ask<int>(i)).ToArray();
        Assert.Equal(Enumerable.Range(0, 100), await Task.WhenAll(answers).Within("all answers"));
    }

    [Fact]
    public async Task A_failure_after_an_await_is_supervised_with_its_message()
    {
        var probe = new Probe(Sys);
        var actor = Sys.ActorOf(Props.Create(() => new FailsLater(probe.Ref)));
        actor.Tell("fail");
        actor.Tell("ok");
        await probe.Expect("restarting at fail: later", "ok");
    }

    [Fact]
    public async Task RunTask_holds_the_mailbox_too()
    {
        var probe = new Probe(Sys);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = Sys.ActorOf(Props.Create(() => new RunsTask(probe.Ref, gate.Task)));
        actor.Tell("one");
        actor.Tell("two");
        await probe.ExpectNothingBefore("marker");
        gate.SetResult();
        await probe.Expect("one", "two");
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_the_handler_whose_finally_still_runs()
    {
        var probe = new Probe(Sys);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = Sys.ActorOf(Props.Create(() => new Cleaning(probe.Ref, gate.Task)));
        actor.Tell("go");
        await probe.Expect("begun");
        Assert.True(await Stopped(actor).Within("the stop"));
        gate.SetResult();
        await probe.Expect("finally");
    }

    [Fact]
    public async Task A_restart_forgets_the_handler_of_the_old_instance()
    {
        var probe = new Probe(Sys);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var parent = Sys.ActorOf(Props.Create(() => new AllForOneParent(probe.Ref, gate.Task)));
        parent.Tell("go");
        await probe.Expect("begun");
        parent.Tell("fail the sibling");
        await probe.Expect("restarted");
        parent.Tell("plain");
        await probe.Expect("plain");
        gate.SetResult();
        await probe.Expect("finally");
        parent.Tell("plain");
        await probe.Expect("plain");
    }

    private static Task<bool> Stopped(IActorRef actor)
    {
        var watched = actor.WatchAsync();
        ((IInternalActorRef)actor).Stop();
        return watched;
    }

    private sealed class Awaiting : ReceiveActor
    {
        public Awaiting(IActorRef probe, Task gate) => ReceiveAsync<string>(async message =>
        {
            probe.Tell(message + " begins");
            await gate;
            probe.Tell(message + " ends");
        });
    }

    private sealed class AnswersLater : ReceiveActor
    {
        public AnswersLater() => ReceiveAsync<int>(async number =>
        {
            await Task.Yield();
            var self = Context.Self;
            await Task.Yield();
            Assert.Equal(self, Self);
            Sender.Tell(number);
        });
    }

    private sealed class FailsLater : ReceiveActor
    {
        private readonly IActorRef _probe;

        public FailsLater(IActorRef probe)
        {
            _probe = probe;
            ReceiveAsync<string>(async message =>
            {
                await Task.Yield();
                if (message == "fail")
                    throw new ApplicationException("later");
                probe.Tell(message);
            });
        }

        protected override void PreRestart(Exception reason, object message) => _probe.Tell($"restarting at {message}: {reason.Message}");
    }

    private sealed class RunsTask(IActorRef probe, Task gate) : UntypedActor
    {
        protected override void OnReceive(object message) => RunTask(async () =>
        {
            await gate;
            probe.Tell(message);
        });
    }

    private sealed class Cleaning : ReceiveActor
    {
        public Cleaning(IActorRef probe, Task gate)
        {
            ReceiveAsync<string>(async message =>
            {
                try
                {
                    probe.Tell("begun");
                    await gate;
                }
                finally
                {
                    probe.Tell("finally");
                }
            }, message => message == "go");
            ReceiveAny(message => probe.Tell(message));
        }
    }

    private sealed class AllForOneParent : ReceiveActor
    {
        public AllForOneParent(IActorRef probe, Task gate)
        {
            var cleaning = Context.ActorOf(Props.Create(() => new RestartAware(probe, gate)));
            var sibling = Context.ActorOf(Props.Create<Failing>());
            Receive<string>(message => (message == "fail the sibling" ? sibling : cleaning).Tell(message));
        }

        protected override SupervisorStrategy SupervisorStrategy() => new AllForOneStrategy(_ => Directive.Restart);
    }

    private sealed class RestartAware : ReceiveActor
    {
        private readonly IActorRef _probe;

        public RestartAware(IActorRef probe, Task gate)
        {
            _probe = probe;
            ReceiveAsync<string>(async message =>
            {
                try
                {
                    probe.Tell("begun");
                    await gate;
                }
                finally
                {
                    probe.Tell("finally");
                }
            }, message => message == "go");
            ReceiveAny(message => probe.Tell(message));
        }

        protected override void PostRestart(Exception reason) => _probe.Tell("restarted");
    }

    private sealed class Failing : ReceiveActor
    {
        public Failing() => ReceiveAny(_ => throw new ApplicationException("sibling"));
    }
}

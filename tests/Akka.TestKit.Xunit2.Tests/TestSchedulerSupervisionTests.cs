using Akka.Actor;
using Akka.TestKit.Configs;

namespace Akka.TestKit.Tests;

public class TestSchedulerSupervisionTests : Xunit2.TestKit
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public TestSchedulerSupervisionTests()
        : base(TestConfigs.TestSchedulerConfig)
    {
    }

    private TestScheduler Scheduler => (TestScheduler)Sys.Scheduler;

    private sealed class Ticking : ReceiveActor, IWithTimers
    {
        private readonly IActorRef _target;

        public Ticking(IActorRef target)
        {
            _target = target;
            Receive<Exception>(failure => throw failure);
            Receive<string>(text =>
            {
                if (text == "start")
                {
                    Timers.StartPeriodicTimer("tick", "tick", Second);
                }

                target.Tell(text);
            });
        }

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PostRestart(Exception reason) => _target.Tell("restarted");
    }

    [Fact]
    public void The_timers_of_an_actor_end_with_its_restart()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Ticking(TestActor)));
        actor.Tell("start");
        ExpectMsg("start", Wait);
        Scheduler.Advance(Second);
        ExpectMsg("tick", Wait);

        EventFilter.Exception<FormatException>().ExpectOne(Wait, () =>
        {
            actor.Tell(new FormatException());
            ExpectMsg("restarted", Wait);
        });
        Scheduler.Advance(Second * 10);
        actor.Tell("still there");

        ExpectMsg("still there", Wait);
    }

    [Fact]
    public void The_timers_of_an_actor_end_with_it()
    {
        var actor = Watch(Sys.ActorOf(Props.Create(() => new Ticking(TestActor))));
        actor.Tell("start");
        ExpectMsg("start", Wait);
        Sys.Stop(actor);
        ExpectTerminated(actor, Wait);

        EventFilter.DeadLetter().Expect(0, () => Scheduler.Advance(Second * 10));

        Assert.False(HasMessages);
    }

    [Fact]
    public async Task The_timeout_of_an_ask_is_real_time()
    {
        var silent = CreateTestProbe();

        await Assert.ThrowsAsync<AskTimeoutException>(() => silent.Ref.Ask("anyone?", TimeSpan.FromMilliseconds(50)));
    }

    [Fact]
    public void Windows_of_restarts_are_counted_in_real_time()
    {
        var parent = ChildActorOf(
            Props.Create(() => new Ticking(TestActor)),
            new OneForOneStrategy(2, TimeSpan.FromMinutes(1), _ => Directive.Restart));
        Watch(parent);

        EventFilter.Exception<FormatException>().Expect(3, Wait, () =>
        {
            for (var i = 0; i < 3; i++)
            {
                parent.Tell(new FormatException());
            }
        });

        ExpectMsg("restarted", Wait);
        ExpectMsg("restarted", Wait);
        ExpectTerminated(parent, Wait);
    }
}

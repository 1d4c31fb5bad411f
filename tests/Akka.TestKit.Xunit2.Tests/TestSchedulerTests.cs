using Akka.Actor;
using Akka.TestKit.Configs;

namespace Akka.TestKit.Tests;

public class TestSchedulerTests : Xunit2.TestKit
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public TestSchedulerTests()
        : base(TestConfigs.TestSchedulerConfig)
    {
    }

    private TestScheduler Scheduler => (TestScheduler)Sys.Scheduler;

    [Fact]
    public void A_message_comes_when_its_time_has_come_and_not_before()
    {
        Scheduler.ScheduleTellOnce(Second * 60, TestActor, "m", ActorRefs.NoSender);

        Scheduler.Advance(Second * 59);
        Assert.Null(ReceiveOne(TimeSpan.Zero));
        Scheduler.Advance(Second);

        ExpectMsg("m", Wait);
    }

    [Fact]
    public void A_repetition_comes_as_often_as_its_interval_fits()
    {
        Scheduler.ScheduleTellRepeatedly(Second, Second * 2, TestActor, "m", ActorRefs.NoSender);

        Scheduler.Advance(Second * 6);

        Assert.Equal(3, ReceiveN(3, Wait).Count);
        Assert.Null(ReceiveOne(TimeSpan.Zero));
    }

    [Fact]
    public void What_is_due_runs_in_the_order_of_its_time()
    {
        Scheduler.ScheduleTellOnce(Second * 2, TestActor, "second", ActorRefs.NoSender);
        Scheduler.ScheduleTellOnce(Second * 1, TestActor, "first", ActorRefs.NoSender);
        Scheduler.ScheduleTellOnce(Second * 2, TestActor, "third", ActorRefs.NoSender);

        Scheduler.Advance(Second * 3);

        Assert.Equal(["first", "second", "third"], ReceiveN(3, Wait));
    }

    [Fact]
    public void What_a_job_schedules_runs_in_the_same_advance()
    {
        var seen = new List<TimeSpan>();
        var start = Scheduler.MonotonicClock;
        Scheduler.ScheduleOnce(Second, () =>
        {
            seen.Add(Scheduler.MonotonicClock - start);
            Scheduler.ScheduleOnce(Second, () => seen.Add(Scheduler.MonotonicClock - start));
        });

        Scheduler.Advance(Second * 5);

        Assert.Equal([Second, Second * 2], seen);
    }

    [Fact]
    public void What_is_cancelled_does_not_come()
    {
        var cancelable = new Cancelable(Sys.Scheduler);
        Scheduler.ScheduleTellRepeatedly(Second, Second, TestActor, "m", ActorRefs.NoSender, cancelable);
        Scheduler.Advance(Second);
        ExpectMsg("m", Wait);

        cancelable.Cancel();
        Scheduler.Advance(Second * 10);

        Assert.Null(ReceiveOne(TimeSpan.Zero));
    }

    [Fact]
    public void Time_is_what_it_was_advanced_to_and_cannot_go_back()
    {
        var start = Scheduler.Now;

        Scheduler.AdvanceTo(start + Second);

        Assert.Equal(start + Second, Scheduler.Now);
        Assert.Throws<InvalidOperationException>(() => Scheduler.AdvanceTo(start));
    }

    [Fact]
    public void An_action_that_throws_is_logged_and_the_others_run()
    {
        Scheduler.ScheduleOnce(Second, () => throw new FormatException("x"));
        Scheduler.ScheduleTellOnce(Second, TestActor, "m", ActorRefs.NoSender);

        EventFilter.Exception<FormatException>().ExpectOne(Wait, () => Scheduler.Advance(Second));

        ExpectMsg("m", Wait);
    }

    private sealed class Ticking : ReceiveActor, IWithTimers
    {
        public Ticking(IActorRef target)
        {
            Receive<string>(text =>
            {
                if (text == "start")
                {
                    Timers.StartPeriodicTimer("tick", "tick", Second);
                    Timers.StartSingleTimer("once", "once", Second * 2.5);
                    target.Tell("started");
                }
                else
                {
                    target.Tell(text);
                }
            });
            Receive<ReceiveTimeout>(_ => target.Tell("timeout"));
        }

        public ITimerScheduler Timers { get; set; } = null!;
    }

    [Fact]
    public void It_drives_the_timers_of_an_actor()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Ticking(TestActor)));
        actor.Tell("start");
        ExpectMsg("started", Wait);

        Scheduler.Advance(Second);
        ExpectMsg("tick", Wait);
        Scheduler.Advance(Second);
        ExpectMsg("tick", Wait);
        Scheduler.Advance(Second / 2);
        ExpectMsg("once", Wait);
    }

    private sealed class Impatient : ReceiveActor
    {
        public Impatient(IActorRef target)
        {
            Receive<ReceiveTimeout>(_ => target.Tell("timeout"));
            ReceiveAny(message =>
            {
                SetReceiveTimeout(Second);
                target.Tell(message);
            });
        }
    }

    [Fact]
    public void It_drives_a_receive_timeout()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Impatient(TestActor)));
        actor.Tell("m");
        ExpectMsg("m", Wait);

        // The timeout starts when the message has been processed, a moment after the answer.
        AwaitAssert(
            () =>
            {
                Scheduler.Advance(Second);
                ExpectMsg("timeout", TimeSpan.FromMilliseconds(100));
            },
            Wait);
    }
}

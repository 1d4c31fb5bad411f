using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Event;
using Akka.TestKit.TestActors;

namespace Akka.TestKit.Tests;

public class EventFilterTests : Xunit2.TestKit
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(100);

    public EventFilterTests()
        : base("akka.loglevel = DEBUG")
    {
    }

    [Fact]
    public void An_event_is_expected_by_its_whole_text()
    {
        EventFilter.Info("hello").ExpectOne(Wait, () => Log.Info("hello"));
    }

    [Fact]
    public void Each_level_has_its_filter()
    {
        EventFilter.Debug("d").ExpectOne(Wait, () => Log.Debug("d"));
        EventFilter.Info("i").ExpectOne(Wait, () => Log.Info("i"));
        EventFilter.Warning("w").ExpectOne(Wait, () => Log.Warning("w"));
        EventFilter.Error("e").ExpectOne(Wait, () => Log.Error("e"));
        EventFilter.ForLogLevel(LogLevel.InfoLevel, "i").ExpectOne(Wait, () => Log.Info("i"));
    }

    [Fact]
    public void A_text_can_match_by_start_part_and_pattern()
    {
        EventFilter.Info(start: "hello").ExpectOne(Wait, () => Log.Info("hello there"));
        EventFilter.Info(contains: "there").ExpectOne(Wait, () => Log.Info("hello there"));
        EventFilter.Info(new Regex("^h.*e$")).ExpectOne(Wait, () => Log.Info("hello there"));
    }

    [Fact]
    public void Formatted_messages_match_by_their_text()
    {
        EventFilter.Info("sum 3").ExpectOne(Wait, () => Log.Info("sum {0}", 3));
    }

    [Fact]
    public void The_source_can_be_an_actor_by_path()
    {
        var actor = Sys.ActorOf(Props.Create<LoggingActor>(), "logger");

        EventFilter.Info(source: actor.Path.ToString()).ExpectOne(Wait, () => actor.Tell("text"));
        EventFilter.Info(source: "user/logger").ExpectOne(Wait, () => actor.Tell("text"));
        FailureOf.This(() => EventFilter.Info(source: "user/other").ExpectOne(Short, () => actor.Tell("text")));
    }

    private sealed class LoggingActor : ReceiveActor
    {
        public LoggingActor()
        {
            var log = Context.GetLogger();
            ReceiveAny(message => log.Info("{0}", message));
        }
    }

    [Fact]
    public void Several_events_are_counted()
    {
        EventFilter.Info().Expect(3, Wait, () =>
        {
            Log.Info("a");
            Log.Info("b");
            Log.Info("c");
        });
    }

    [Fact]
    public void No_event_can_be_expected()
    {
        EventFilter.Info("never").Expect(0, () => Log.Info("another"));
    }

    [Fact]
    public void Too_few_fail_with_the_counts_and_the_filter()
    {
        var text = FailureOf.This(() => EventFilter.Info("twice").Expect(2, Short, () => Log.Info("twice")));

        Assert.Contains("1/2", text);
        Assert.Contains("Info when Message == \"twice\"", text);
    }

    [Fact]
    public void Too_many_fail_with_the_counts()
    {
        var text = FailureOf.This(() => EventFilter.Info("m").Expect(1, Wait, () =>
        {
            // The event that is awaited comes last, so that the others are counted by then.
            Log.Info("m");
            Log.Info("m");
            EventFilter.Info("end").ExpectOne(Wait, () => Log.Info("end"));
        }));

        Assert.Contains("1 message too many", text);
    }

    [Fact]
    public void A_dead_letter_is_expected_by_type_and_content()
    {
        var gone = Watch(Sys.ActorOf(BlackHoleActor.Props, "gone"));
        Sys.Stop(gone);
        ExpectTerminated(gone, Wait);

        EventFilter.DeadLetter().ExpectOne(Wait, () => gone.Tell("a"));
        EventFilter.DeadLetter<string>().ExpectOne(Wait, () => gone.Tell("a"));
        EventFilter.DeadLetter<string>(text => text == "a", "user/gone").ExpectOne(Wait, () => gone.Tell("a"));
        EventFilter.DeadLetter(typeof(int)).Expect(0, () => gone.Tell("a"));
    }

    [Fact]
    public void An_unhandled_message_is_a_warning()
    {
        var actor = Sys.ActorOf(Props.Create<UnhandledMessageActor>());

        EventFilter.Warning(start: "Unhandled message from").ExpectOne(Wait, () => actor.Tell("what?"));
    }

    [Fact]
    public void A_failing_actor_logs_its_exception_and_is_restarted()
    {
        var actor = Sys.ActorOf(Props.Create(() => new FailingActor(TestActor)));
        ExpectMsg("born", Wait);

        EventFilter.Exception<InvalidOperationException>("broken").ExpectOne(Wait, () =>
        {
            actor.Tell(new InvalidOperationException("broken"));
            ExpectMsg("reborn", Wait);
        });

        actor.Tell("alive");
        ExpectMsg("alive", Wait);
    }

    [Fact]
    public void An_exception_of_another_type_does_not_match()
    {
        var actor = Sys.ActorOf(Props.Create(() => new FailingActor(TestActor)));

        FailureOf.This(() => EventFilter.Exception<FormatException>().ExpectOne(
            Short, () => actor.Tell(new InvalidOperationException("broken"))));
    }

    [Fact]
    public void An_inner_exception_matches_when_asked_for()
    {
        var actor = Sys.ActorOf(Props.Create(() => new FailingActor(TestActor)));
        var nested = new InvalidOperationException("outer", new FormatException("inner"));

        EventFilter.Exception(typeof(FormatException), checkInnerExceptions: true).ExpectOne(Wait, () => actor.Tell(nested));
        FailureOf.This(() => EventFilter.Exception(typeof(FormatException)).ExpectOne(Short, () => actor.Tell(nested)));
    }

    private sealed class FailingActor : ReceiveActor
    {
        private readonly IActorRef _witness;

        public FailingActor(IActorRef witness)
        {
            _witness = witness;
            Receive<Exception>(failure => throw failure);
            ReceiveAny(witness.Forward);
        }

        protected override void PreStart() => _witness.Tell("born");

        protected override void PostRestart(Exception reason) => _witness.Tell("reborn");
    }

    [Fact]
    public void Filters_can_be_combined()
    {
        EventFilter.Info("a").And.Warning("b").Expect(2, Wait, () =>
        {
            Log.Info("a");
            Log.Warning("b");
        });
    }

    [Fact]
    public void A_custom_filter_sees_every_event()
    {
        EventFilter.Custom<Warning>(w => w.Message.ToString() == "b").ExpectOne(Wait, () => Log.Warning("b"));
        EventFilter.Custom(e => e is Info).ExpectOne(Wait, () => Log.Info("b"));
    }

    [Fact]
    public void Muting_ends_with_its_block_or_its_result()
    {
        EventFilter.Info().Mute(() => Log.Info("quiet"));
        Assert.Equal(7, EventFilter.Info().Mute(() => 7));

        using var muted = EventFilter.Info().Mute();
        Log.Info("quiet");
        muted.Unmute();
        EventFilter.Info("heard").ExpectOne(Wait, () => Log.Info("heard"));
    }

    [Fact]
    public void The_result_of_the_action_is_returned()
    {
        Assert.Equal(7, EventFilter.Info("m").ExpectOne(Wait, () =>
        {
            Log.Info("m");
            return 7;
        }));
    }

    [Fact]
    public async Task It_can_be_awaited()
    {
        await EventFilter.Info("m").ExpectOneAsync(Wait, () =>
        {
            Log.Info("m");
            return Task.CompletedTask;
        });
        await EventFilter.Info("m").ExpectAsync(2, async () =>
        {
            Log.Info("m");
            await Task.Yield();
            Log.Info("m");
        });
        Assert.Equal(7, await EventFilter.Info("m").MuteAsync(() => Task.FromResult(7)));
        await FailureOf.ThisAsync(() => EventFilter.Info("m").ExpectOneAsync(Short, () => Task.CompletedTask));
    }

    [Fact]
    public void An_action_that_throws_fails_with_its_own_exception()
    {
        Assert.Throws<FormatException>(() => EventFilter.Info("m").ExpectOne((Action)(() => throw new FormatException())));
    }
}

public class EventFilterWithoutListenerTests : Xunit2.TestKit
{
    public EventFilterWithoutListenerTests()
        : base("akka.loggers = []")
    {
    }

    [Fact]
    public void A_system_without_the_listener_is_named_in_the_failure()
    {
        var text = FailureOf.This(() => EventFilter.Info("m").ExpectOne(TimeSpan.FromMilliseconds(50), () => Log.Info("m")));

        Assert.Contains("TestEventListener", text);
    }
}

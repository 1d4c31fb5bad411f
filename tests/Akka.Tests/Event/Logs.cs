using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Tests.Event;

public sealed class Logs : SystemTest
{
    public Logs()
        : base("akka { loglevel = INFO, log-dead-letters = 3, log-dead-letters-suspend-duration = infinite }")
    {
    }

    [Fact]
    public async Task An_actor_logs_under_its_path_and_class()
    {
        var probe = new Probe(Sys);
        Sys.EventStream.Subscribe(probe.Ref, typeof(Info));
        var actor = Sys.ActorOf(Props.Create<Talker>(), "talker");
        actor.Tell("hello");
        var entry = await probe.Next<Info>();
        Assert.Equal("akka://test/user/talker", entry.LogSource);
        Assert.Equal(typeof(Talker), entry.LogClass);
        Assert.Equal("said hello 2 times", entry.Message.ToString());
    }

    [Fact]
    public async Task Levels_below_the_systems_are_not_published()
    {
        var probe = new Probe(Sys);
        Sys.EventStream.Subscribe(probe.Ref, typeof(LogEvent));
        var log = Logging.GetLogger(Sys, "source");
        Assert.False(log.IsDebugEnabled);
        Assert.True(log.IsEnabled(LogLevel.InfoLevel));
        log.Debug("not this");
        log.Warning(new ApplicationException("cause"), "but {0}", "this");
        var entry = await probe.Next<Warning>();
        Assert.Equal("but this", entry.Message.ToString());
        Assert.Equal("cause", entry.Cause.Message);
        Assert.Equal(LogLevel.WarningLevel, entry.LogLevel());
    }

    [Fact]
    public async Task A_template_that_does_not_fit_still_says_what_was_meant()
    {
        var probe = new Probe(Sys);
        Sys.EventStream.Subscribe(probe.Ref, typeof(Error));
        Sys.Log.Error("one {0} two {1}", "argument");
        var text = (await probe.Next<Error>()).Message.ToString()!;
        Assert.Contains("one {0} two {1}", text);
        Assert.Contains("argument", text);
    }

    [Fact]
    public async Task Loggers_of_the_configuration_get_the_log()
    {
        Collecting.Entries = System.Threading.Channels.Channel.CreateUnbounded<LogEvent>();
        var system = ActorSystem.Create("logging", ConfigurationFactory.ParseString(
            $"akka {{ stdout-loglevel = OFF, loglevel = INFO, loggers = [\"{typeof(Collecting).AssemblyQualifiedName}\"] }}"));
        system.Log.Info("to the logger");
        using var patience = new CancellationTokenSource(Probe.Patience);
        LogEvent entry;
        do
            entry = await Collecting.Entries.Reader.ReadAsync(patience.Token);
        while (entry.Message.ToString() != "to the logger");
        await system.Terminate().Within("the end");
    }

    [Fact]
    public async Task Dead_letters_are_logged_up_to_the_limit()
    {
        var probe = new Probe(Sys);
        Sys.EventStream.Subscribe(probe.Ref, typeof(Info));
        for (var i = 0; i < 5; i++)
            Sys.DeadLetters.Tell("letter " + i, ActorRefs.NoSender);
        Assert.Contains("letter 0", (await probe.Next<Info>()).Message.ToString());
        Assert.Contains("letter 1", (await probe.Next<Info>()).Message.ToString());
        Assert.Contains("no more dead letters will be logged", (await probe.Next<Info>()).Message.ToString());
        await Sys.ActorSelection("/system/deadLetterListener").ResolveOne(Probe.Patience).Within("the listener");
        await probe.ExpectNothingBefore("marker");
    }

    [Fact]
    public async Task A_dropped_message_is_logged_with_its_reason()
    {
        var probe = new Probe(Sys);
        Sys.EventStream.Subscribe(probe.Ref, typeof(Info));
        Sys.EventStream.Publish(new Dropped("message", "no room", probe.Ref));
        Assert.Contains("no room", (await probe.Next<Info>()).Message.ToString());
    }

    [Theory]
    [InlineData("debug", LogLevel.DebugLevel)]
    [InlineData("INFO", LogLevel.InfoLevel)]
    [InlineData("Warning", LogLevel.WarningLevel)]
    [InlineData("ERROR", LogLevel.ErrorLevel)]
    public void Levels_have_names(string name, LogLevel level)
    {
        Assert.Equal(level, Logging.LogLevelFor(name));
        Assert.Equal(name.ToUpperInvariant(), level.StringFor());
    }

    [Fact]
    public void An_unknown_level_is_an_error_that_names_the_key()
    {
        var failure = Assert.Throws<ConfigurationException>(() => ActorSystem.Create("levels", "akka.loglevel = LOUD"));
        Assert.Contains("akka.loglevel", failure.Message);
        Assert.Contains("LOUD", failure.Message);
    }

    [Fact]
    public async Task Filters_keep_entries_off_the_logger_on_standard_output()
    {
        var setup = new LogFilterBuilder().ExcludeSourceContaining("noisy").ExcludeMessageContaining("secret").Build();
        var evaluator = setup.CreateEvaluator();
        Assert.False(evaluator.ShouldTryKeepMessage(new Info("very noisy", typeof(Logs), "text"), out _));
        Assert.False(evaluator.ShouldTryKeepMessage(new Info("calm", typeof(Logs), "a SECRET text"), out _));
        Assert.True(evaluator.ShouldTryKeepMessage(new Info("calm", typeof(Logs), "text"), out _));
        var system = ActorSystem.Create("filtered", BootstrapSetup.Create().WithConfig("akka { stdout-loglevel = OFF, loglevel = OFF }").And(setup));
        Assert.Equal(2, system.Settings.Setup.Get<LogFilterSetup>().Value.Filters.Length);
        await system.Terminate().Within("the end");
    }

    private sealed class Talker : ReceiveActor
    {
        private readonly ILoggingAdapter _log = Context.GetLogger();

        public Talker() => Receive<string>(text => _log.Info("said {0} {1} times", text, 2));
    }

    public sealed class Collecting : ReceiveActor
    {
        internal static System.Threading.Channels.Channel<LogEvent> Entries { get; set; } = null!;

        public Collecting()
        {
            Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
            Receive<LogEvent>(entry => { Entries.Writer.TryWrite(entry); });
        }
    }
}

using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;

namespace Akka.Tests.Dispatch;

public sealed class DispatcherTypes : SystemTest
{
    public DispatcherTypes()
        : base($$"""
            pinned { type = PinnedDispatcher, shutdown-timeout = 20ms }
            fork-join { type = ForkJoinDispatcher, throughput = 1, dedicated-thread-pool { thread-count = 2, threadtype = background } }
            no-threads { type = ForkJoinDispatcher }
            alias = pinned
            own { type = "{{typeof(OwnConfigurator).AssemblyQualifiedName}}", shutdown-timeout = 20ms }
            no-type { executor = default-executor, type = "" }
            wrong-type { type = "Akka.Actor.Props, Akka" }
            one-by-one { type = Dispatcher, throughput = 1 }
            """)
    {
    }

    [Fact]
    public async Task Each_actor_on_a_pinned_dispatcher_has_a_thread_of_its_own()
    {
        var first = Sys.ActorOf(Props.Create<SaysThread>().WithDispatcher("pinned"));
        var second = Sys.ActorOf(Props.Create<SaysThread>().WithDispatcher("pinned"));
        var threads = new HashSet<int>();
        for (var i = 0; i < 20; i++)
            threads.Add((await first.Ask<Thread>("?").Within("the thread")).ManagedThreadId);
        Assert.Single(threads);
        Assert.DoesNotContain((await second.Ask<Thread>("?").Within("the thread")).ManagedThreadId, threads);
    }

    [Fact]
    public async Task The_thread_of_a_pinned_actor_ends_after_it()
    {
        var actor = Sys.ActorOf(Props.Create<SaysThread>().WithDispatcher("pinned"));
        var thread = await actor.Ask<Thread>("?").Within("the thread");
        Assert.True(await actor.GracefulStop(Probe.Patience).Within("the stop"));
        Assert.True(await Task.Run(() => thread.Join(Probe.Patience)), "the thread goes on");
    }

    [Fact]
    public async Task A_fork_join_dispatcher_runs_on_its_threads()
    {
        var actors = Enumerable.Range(0, 8).Select(_ => Sys.ActorOf(Props.Create<SaysThread>().WithDispatcher("fork-join"))).ToArray();
        var threads = await Task.WhenAll(actors.Select(actor => actor.Ask<Thread>("?"))).Within("the threads");
        Assert.All(threads, thread => Assert.StartsWith("fork-join_", thread.Name));
        Assert.True(threads.Distinct().Count() <= 2);
    }

    [Fact]
    public void An_alias_is_followed() =>
        Assert.Equal("pinned", ((LocalActorRef)Sys.ActorOf(Props.Create<SaysThread>().WithDispatcher("alias"))).Cell.Dispatcher.Id);

    [Fact]
    public async Task A_dispatcher_of_your_own_runs_its_actors_and_is_shut_down_when_the_last_has_stopped()
    {
        var actor = Sys.ActorOf(Props.Create<SaysThread>().WithDispatcher("own"));
        Assert.Equal("own thread", (await actor.Ask<Thread>("?").Within("the thread")).Name);
        var dispatcher = (OwnDispatcher)Sys.Dispatchers.Lookup("own");
        Assert.False(dispatcher.ShutDown.Task.IsCompleted);
        Assert.True(await actor.GracefulStop(Probe.Patience).Within("the stop"));
        await dispatcher.ShutDown.Task.Within("the shutdown");
    }

    [Fact]
    public async Task The_end_of_the_system_shuts_a_dispatcher_down()
    {
        var actor = Sys.ActorOf(Props.Create<SaysThread>().WithDispatcher("own"));
        await actor.Ask<Thread>("?").Within("the thread");
        var dispatcher = (OwnDispatcher)Sys.Dispatchers.Lookup("own");
        await Sys.Terminate().Within("the end");
        await dispatcher.ShutDown.Task.Within("the shutdown");
    }

    [Fact]
    public void The_throughput_is_configured()
    {
        Assert.Equal(30, Sys.Dispatchers.DefaultGlobalDispatcher.Throughput);
        Assert.Equal(1, Sys.Dispatchers.Lookup("one-by-one").Throughput);
    }

    [Fact]
    public void A_configurator_can_be_registered_by_code()
    {
        var configurator = new OwnConfigurator(ConfigurationFactory.Empty, Sys.Dispatchers.Prerequisites);
        Assert.True(Sys.Dispatchers.RegisterConfigurator("by-code", configurator));
        Assert.False(Sys.Dispatchers.RegisterConfigurator("by-code", configurator));
        Assert.True(Sys.Dispatchers.HasDispatcher("by-code"));
        Assert.IsType<OwnDispatcher>(Sys.Dispatchers.Lookup("by-code"));
    }

    [Theory]
    [InlineData("not-there", "not-there")]
    [InlineData("wrong-type", "MessageDispatcherConfigurator")]
    [InlineData("no-threads", "dedicated-thread-pool")]
    public void A_bad_dispatcher_is_an_error_that_says_what_is_wrong(string id, string named) =>
        Assert.Contains(named, Assert.Throws<ConfigurationException>(() => Sys.Dispatchers.Lookup(id)).Message);

    [Fact]
    public async Task Scheduled_work_runs_on_the_dispatcher()
    {
        var ran = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Sys.Dispatchers.Lookup("own").Schedule(() => ran.SetResult(Thread.CurrentThread.Name));
        Assert.Equal("own thread", await ran.Task.Within("the work"));
    }

    private sealed class SaysThread : ReceiveActor
    {
        public SaysThread() => ReceiveAny(_ => Sender.Tell(Thread.CurrentThread));
    }

    public sealed class OwnConfigurator : MessageDispatcherConfigurator
    {
        private readonly OwnDispatcher _dispatcher;

        public OwnConfigurator(Config config, IDispatcherPrerequisites prerequisites)
            : base(config, prerequisites) => _dispatcher = new OwnDispatcher(this, config.GetTimeSpan("shutdown-timeout", TimeSpan.FromSeconds(1)));

        public override MessageDispatcher Dispatcher() => _dispatcher;
    }

    public sealed class OwnDispatcher : MessageDispatcher
    {
        private readonly BlockingCollection<IRunnable> _work = [];

        public OwnDispatcher(MessageDispatcherConfigurator configurator, TimeSpan shutdownTimeout)
            : base(configurator)
        {
            ShutdownTimeout = shutdownTimeout;
            new Thread(() =>
            {
                foreach (var run in _work.GetConsumingEnumerable())
                    run.Run();
            }) { IsBackground = true, Name = "own thread" }.Start();
        }

        public TaskCompletionSource ShutDown { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override void ExecuteTask(IRunnable run) => _work.Add(run);

        protected override void Shutdown()
        {
            _work.CompleteAdding();
            ShutDown.TrySetResult();
        }
    }
}

using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit.Configs;
using Akka.TestKit.Internal;
using Akka.Util;

namespace Akka.TestKit;

/// <summary>
/// A test's own system (or one that it is given), with an actor in it that receives what the test expects. A TestKit
/// and its methods belong to the test's thread of control; the actors may run on any thread.
/// </summary>
/// <remarks>
/// Unless the class is an <see cref="INoImplicitSender"/>, <see cref="TestActor"/> is the sender of what the test tells.
/// Waits in the calls are multiplied by <c>akka.test.timefactor</c>.
/// </remarks>
public abstract partial class TestKitBase : IActorRefFactory
{
    private static int s_testActorId;

    private readonly ITestKitAssertions _assertions;
    private readonly TestQueue _queue = new();
    private ActorSystem _system = null!;
    private IActorRef _testActor = null!;
    private TestKitSettings _settings = null!;
    private ILoggingAdapter _log = null!;
    private EventFilterFactory _eventFilter = null!;
    private MessageEnvelope _last = NullMessageEnvelope.Instance;

    protected TestKitBase(ITestKitAssertions assertions, ActorSystem? system = null, string? testActorName = null)
        : this(assertions, system, ActorSystemSetup.Empty, null, testActorName)
    {
    }

    protected TestKitBase(ITestKitAssertions assertions, Config config, string? actorSystemName = null, string? testActorName = null)
        : this(assertions, null, ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config)), actorSystemName, testActorName)
    {
    }

    protected TestKitBase(ITestKitAssertions assertions, ActorSystemSetup setup, string? actorSystemName = null, string? testActorName = null)
        : this(assertions, null, setup, actorSystemName, testActorName)
    {
    }

    protected TestKitBase(
        ITestKitAssertions assertions, ActorSystem? system, ActorSystemSetup config, string? actorSystemName, string? testActorName)
    {
        ArgumentNullException.ThrowIfNull(assertions);
        _assertions = assertions;
        InitializeTest(system, config, actorSystemName, testActorName);
    }

    /// <summary>The settings of the TestKit: see the section <c>akka.test</c>.</summary>
    public static Config DefaultConfig => TestConfigs.DefaultConfig;

    /// <summary>Logs everything there is to log, at level debug.</summary>
    public static Config FullDebugConfig { get; } = ConfigurationFactory.ParseString(
        """
        akka {
          loglevel = DEBUG
          stdout-loglevel = DEBUG
          log-dead-letters-during-shutdown = true
          actor.debug {
            receive = true
            autoreceive = true
            lifecycle = true
            event-stream = true
            unhandled = true
            fsm = true
            router-misconfiguration = true
          }
        }
        """);

    /// <summary>The time that Within and the waits measure with: it only goes forward.</summary>
    public static TimeSpan Now => TimeSpan.FromSeconds(
        (double)System.Diagnostics.Stopwatch.GetTimestamp() / System.Diagnostics.Stopwatch.Frequency);

    public ActorSystem Sys => _system;

    public TestKitSettings TestKitSettings => _settings;

    public ILoggingAdapter Log => _log;

    public EventFilterFactory EventFilter => _eventFilter;

    /// <summary>The actor that receives for this TestKit.</summary>
    public IActorRef TestActor => _testActor;

    /// <summary>Whether the test actor has received something that no expectation has taken yet.</summary>
    public bool HasMessages => _queue.HasMessages;

    /// <summary>The sender of the last message that an expectation took.</summary>
    public IActorRef LastSender => _last.Sender;

    /// <summary>The last message that an expectation took.</summary>
    public object LastMessage => _last.Message;

    /// <summary>For event filters of another system.</summary>
    public EventFilterFactory CreateEventFilter(ActorSystem system) => new(this, system);

    /// <summary>Another test actor, which shares this TestKit's queue.</summary>
    public IActorRef CreateTestActor(string name) => CreateTestActor(_system, name);

    public virtual TestProbe CreateTestProbe(string? name = null) => CreateTestProbe(Sys, name);

    public virtual TestProbe CreateTestProbe(ActorSystem system, string? name = null) => new(system, _assertions, name);

    public virtual TestLatch CreateTestLatch(int count = 1) => new(Dilated, _settings.DefaultTimeout, count);

    public TestBarrier CreateTestBarrier(int count) => new(this, count);

    /// <summary>Multiplies a time by <c>akka.test.timefactor</c>.</summary>
    public TimeSpan Dilated(TimeSpan duration) =>
        duration.IsInfinite() ? duration : duration * _settings.TestTimeFactor;

    /// <summary>Drops messages of type <typeparamref name="T"/> that the function returns true for, until further notice.</summary>
    public void IgnoreMessages<T>(Func<T, bool> shouldIgnoreMessage) =>
        _testActor.Tell(new TestActor.SetIgnore(message => message is T typed && shouldIgnoreMessage(typed)), _testActor);

    public void IgnoreMessages(Func<object, bool> shouldIgnoreMessage) =>
        _testActor.Tell(new TestActor.SetIgnore(message => shouldIgnoreMessage(message)), _testActor);

    /// <summary>Drops all messages of type <typeparamref name="T"/>.</summary>
    public void IgnoreMessages<T>() => IgnoreMessages<T>(_ => true);

    public void IgnoreNoMessages() => _testActor.Tell(new TestActor.SetIgnore(null), _testActor);

    /// <summary>Lets the test actor react to messages by itself.</summary>
    public void SetAutoPilot(AutoPilot pilot) => _testActor.Tell(new TestActor.SetAutoPilot(pilot), _testActor);

    protected void InitializeTest(ActorSystem? system, Config config, string? actorSystemName, string? testActorName) =>
        InitializeTest(system, ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config)), actorSystemName, testActorName);

    protected virtual void InitializeTest(
        ActorSystem? system, ActorSystemSetup config, string? actorSystemName, string? testActorName)
    {
        _system = system ?? CreateSystem(config, actorSystemName ?? "test");
        ((ActorSystemImpl)_system).Settings.InjectTopLevelFallback(DefaultConfig);
        _system.RegisterExtension(new TestKitExtension());
        _system.RegisterExtension(new TestKitAssertionsExtension(_assertions));
        _settings = TestKitExtension.For(_system);
        _log = Logging.GetLogger(_system, GetType());
        _eventFilter = new EventFilterFactory(this);
        _testActor = CreateTestActor(_system, testActorName ?? $"testActor{Interlocked.Increment(ref s_testActorId)}");

        EnterThread();
    }

    private static ActorSystem CreateSystem(ActorSystemSetup setup, string name)
    {
        var bootstrap = setup.Get<BootstrapSetup>();
        var start = bootstrap.HasValue ? bootstrap.Value : BootstrapSetup.Create();
        var config = start.Config.HasValue ? start.Config.Value.WithFallback(DefaultConfig) : DefaultConfig;
        return ActorSystem.Create(name, setup.And(start.WithConfig(config)));
    }

    private IActorRef CreateTestActor(ActorSystem system, string name)
    {
        var queue = _queue;
        var props = Props.Create(() => new InternalTestActor(queue))
            .WithDispatcher("akka.test.test-actor.dispatcher");
        return ((ExtendedActorSystem)system).SystemActorOf(props, name);
    }
}

/// <summary>A test class or probe whose test actor is not the sender of what the test tells.</summary>
public interface INoImplicitSender
{
}

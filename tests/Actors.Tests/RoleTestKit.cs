using Actors;
using Actors.Transport;
using Akka.Actor;
using Xunit.Abstractions;

namespace Actors.Tests;

/// <summary>What the tests of roles share. Each test has an actor system, and ports that the system chose.</summary>
public abstract class RoleTestKit : Akka.TestKit.Xunit2.TestKit
{
    /// <summary>Long, because the machine may be slow; a test that passes never waits so long.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <param name="log">Where the actor system writes.</param>
    /// <param name="more">HOCON of the test's own.</param>
    protected RoleTestKit(ITestOutputHelper log, string more = "")
        : base("akka { loglevel = INFO, test { single-expect-default = 30s, default-timeout = 30s } }\n" + EngineUnderTest.Config + more, output: log)
    {
    }

    protected const string AnyPort = "tcp://127.0.0.1:0";

    /// <summary>Starts the role and waits until it is ready.</summary>
    protected (IActorRef Role, string Endpoint) Start(Props role)
    {
        var started = Sys.ActorOf(role);
        started.Tell(WhenReady.Instance, TestActor);
        return (started, ExpectMsg<RoleReady>(Patience).Endpoints[0]);
    }

    /// <summary>Props of a handler that does what the test says.</summary>
    protected static Props Handler(Action<Message, IActorRef, IActorRef> handle) => Props.Create(() => new ActingHandler(handle));

    /// <summary>Props of a handler that tells all it receives to an actor of the test.</summary>
    protected static Props TellingTo(IActorRef receiver) => Handler((message, _, _) => receiver.Tell(message));

    /// <summary>Waits for the drop of that reason.</summary>
    protected MessagesDropped ExpectDropped(DropReason reason)
    {
        var dropped = FishForMessage<MessagesDropped>(seen => seen.Reason == reason, Patience, $"a drop for the reason {reason}");
        return dropped;
    }

    /// <summary>What the role says of itself now.</summary>
    private protected RoleStatus StatusOf(IActorRef role)
    {
        var asking = CreateTestProbe();
        role.Tell(GetRoleStatus.Instance, asking.Ref);
        return asking.ExpectMsg<RoleStatus>(Patience);
    }

    private protected LedgerCounts LedgerOf(IActorRef role)
    {
        var counts = StatusOf(role).Ledger ?? throw new InvalidOperationException($"{role.Path.Name} has no ledger");
        Assert.True(counts.AddsUp, counts.ToString());
        return counts;
    }

    private protected ReceivedCounts ReceivedOf(IActorRef role) => StatusOf(role).Tasks ?? throw new InvalidOperationException($"{role.Path.Name} receives no tasks");

    protected void WatchDrops() => Sys.EventStream.Subscribe(TestActor, typeof(MessagesDropped));

    private sealed class ActingHandler : ReceiveActor
    {
        public ActingHandler(Action<Message, IActorRef, IActorRef> handle) => Receive<Message>(message => handle(message, Sender, Self));
    }

    /// <summary>Waits for a condition, and looks often: left to itself, the test kit looks only ten times within the limit.</summary>
    protected void AwaitCondition(Func<bool> condition, TimeSpan limit, string missing) => AwaitCondition(condition, limit, TimeSpan.FromMilliseconds(10), missing);
}

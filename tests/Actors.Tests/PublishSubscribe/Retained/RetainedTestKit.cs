using Actors.Transport;
using Akka.Actor;
using Akka.TestKit;
using Xunit.Abstractions;

namespace Actors.Tests;

/// <summary>What the tests of retained publish and subscribe share.</summary>
public abstract class RetainedTestKit(ITestOutputHelper log, string more = "") : RoleTestKit(log, more)
{
    /// <summary>A minute of silence is allowed, so that nothing that these tests see is the work of a timeout.</summary>
    private protected static HeartbeatSettings Patient { get; } = new() { Interval = TimeSpan.FromMilliseconds(100), Timeout = TimeSpan.FromSeconds(60) };

    private protected static RetainedSettings Kept { get; } = new()
    {
        Socket = new SocketSettings { Bind = [AnyPort] },
        Heartbeat = Patient,
    };

    private protected static PublishSettings PublisherOf(RetainedSettings retained) => new() { Name = "publisher", Socket = new SocketSettings { Bind = [AnyPort] }, Retained = retained };

    private protected static SubscribeSettings SubscriberOf(string endpoint, params string[] topics) => new()
    {
        Name = "subscriber",
        Socket = new SocketSettings { Connect = [endpoint] },
        Topics = topics,
        Retained = new RetainedSubscription { Heartbeat = Patient },
    };

    /// <summary>Starts a publisher; its endpoint for retained subscribers.</summary>
    private protected (IActorRef Role, string Retained, string Plain) StartPublisher(RetainedSettings retained)
    {
        var role = Sys.ActorOf(PublishRole.Props(PublisherOf(retained)));
        var asking = CreateTestProbe();
        role.Tell(WhenReady.Instance, asking.Ref);
        var endpoints = asking.ExpectMsg<RoleReady>(Patience).Endpoints;
        return (role, endpoints[1], endpoints[0]);
    }

    /// <summary>Starts a subscriber that tells all it is told to the probe, and waits until its subscription is in force.</summary>
    private protected (IActorRef Role, TestProbe Receiver) StartSubscriber(SubscribeSettings settings)
    {
        var receiver = CreateTestProbe();
        var role = Sys.ActorOf(SubscribeRole.Props(settings, TellingAllTo(receiver.Ref)));
        var asking = CreateTestProbe();
        role.Tell(WhenReady.Instance, asking.Ref);
        asking.ExpectMsg<RoleReady>(Patience);
        return (role, receiver);
    }

    /// <summary>Props of a handler that tells messages and gaps on.</summary>
    private protected static Props TellingAllTo(IActorRef receiver) => Props.Create(() => new TellingActor(receiver));

    private protected static void Publish(IActorRef publisher, IEnumerable<int> numbers, string topic = "n")
    {
        foreach (var n in numbers) publisher.Tell(Message.FromText(topic, $"{n}"));
    }

    private protected static void ExpectNumbers(TestProbe receiver, IEnumerable<int> numbers)
    {
        foreach (var n in numbers) Assert.Equal($"{n}", receiver.ExpectMsg<Message>(Patience).Text(1));
    }

    private protected static SubscriptionGap ExpectGap(TestProbe receiver, ulong first, ulong? last)
    {
        var gap = receiver.ExpectMsg<SubscriptionGap>(Patience);
        Assert.Equal((first, last), (gap.First, gap.Last));
        return gap;
    }

    private protected T Ask<T>(IActorRef role, object question)
    {
        var asking = CreateTestProbe();
        role.Tell(question, asking.Ref);
        return asking.ExpectMsg<T>(Patience);
    }

    private sealed class TellingActor : ReceiveActor
    {
        public TellingActor(IActorRef receiver) => ReceiveAny(message => receiver.Tell(message));
    }
}

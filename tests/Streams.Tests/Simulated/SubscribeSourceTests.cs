using Actors;
using Actors.Streams;
using Actors.TestKit;
using Actors.Transport;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;
using Akka.Streams.TestKit;
using Xunit.Abstractions;

namespace Streams.Tests.Simulated;

public sealed class SubscribeSourceTests(ITestOutputHelper log) : SimulatedStreamTests(log)
{
    private static readonly SubscribeSettings Settings = new()
    {
        Name = "sub", Socket = ConnectedTo("tcp://localhost:5556"), Topics = ["news"], InboundWindow = 10, ConfirmTimeout = TimeSpan.FromMinutes(5),
    };

    private (SourceRole Role, TestSubscriber.Probe<Message> Out, SimulatedPeer Publisher) Run()
    {
        var (role, probe) = ZmqSource.Subscribe(Settings).ToMaterialized(this.SinkProbe<Message>(), Keep.Both).Run(Materializer);
        return (role, probe, Network.Socket("sub").Connect());
    }

    [Fact]
    public async Task Messages_that_a_topic_matches_go_downstream()
    {
        var (role, probe, publisher) = Run();
        publisher.ConfirmSubscriptions();
        await Within(role.Ready, "the subscription is not in force");

        publisher.Send(Text("sports", "1"), Text("news.local", "2"));

        Assert.Equal([Text("news.local", "2")], Take(probe, 1));
    }

    [Fact]
    public async Task The_role_is_ready_when_its_publisher_has_the_subscriptions_and_not_before()
    {
        var (role, probe, publisher) = Run();
        await StatusWhen(role, status => status.Peers == 1, "the publisher is connected");
        Assert.False(role.Ready.IsCompleted);

        publisher.ConfirmSubscriptions();

        Assert.Equal("sub", (await Within(role.Ready, "the subscription is not in force")).Role);
        probe.EnsureSubscription();
    }

    [Fact]
    public async Task Topics_change_while_the_stream_runs()
    {
        var (role, probe, publisher) = Run();
        publisher.ConfirmSubscriptions();
        await Within(role.Ready, "the subscription is not in force");

        (await role.Actor).Tell(new SubscribeTo("sports"u8.ToArray()));
        Await(() => Network.Socket("sub").Subscriptions.Contains("sports"), "the topic is subscribed to");
        publisher.Send(Text("sports", "1"));

        Assert.Equal([Text("sports", "1")], Take(probe, 1));
    }

    [Fact]
    public async Task A_stream_without_demand_takes_one_window_from_the_socket()
    {
        var (role, probe, publisher) = Run();
        publisher.ConfirmSubscriptions();
        await Within(role.Ready, "the subscription is not in force");

        publisher.Send([.. Enumerable.Range(0, 100).Select(number => Text($"news {number}"))]);

        await StatusWhen(role, status => status.Received == 10, "the window of 10 is taken");
        Assert.Equal(90, Network.Socket("sub").Unread);
        Assert.Equal("news 99", Take(probe, 100)[^1].Text());
    }

    [Fact]
    public async Task A_subscription_that_drains_ends_at_the_publisher_and_completes()
    {
        var (role, probe, publisher) = Run();
        publisher.ConfirmSubscriptions();
        await Within(role.Ready, "the subscription is not in force");
        publisher.Send(Text("news 1"));

        var drained = role.Drain(Patience);

        Assert.Equal([Text("news 1")], Take(probe, 1));
        probe.ExpectComplete();
        await Within(drained, "the source has not drained");
    }

    [Fact]
    public async Task A_publisher_that_goes_and_comes_is_heard_again()
    {
        var (role, probe, publisher) = Run();
        publisher.ConfirmSubscriptions();
        await Within(role.Ready, "the subscription is not in force");
        publisher.Send(Text("news 1"));
        publisher.Disconnect("it restarts");

        Network.Socket("sub").Connect().Send(Text("news 2"));

        Assert.Equal([Text("news 1"), Text("news 2")], Take(probe, 2));
    }

    [Fact]
    public void Retained_settings_are_refused_because_a_gap_would_not_be_seen()
    {
        var refused = Assert.Throws<ArgumentException>(() => ZmqSource.Subscribe(Settings with { Retained = new() }));

        Assert.Contains("RetainedSubscribe", refused.Message, StringComparison.Ordinal);
    }
}

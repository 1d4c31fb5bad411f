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

public sealed class PullSourceTests(ITestOutputHelper log) : SimulatedStreamTests(log)
{
    private static readonly PullSettings Settings = new() { Name = "pull", Socket = Bound, InboundWindow = 10 };

    private (SourceRole Role, TestSubscriber.Probe<Message> Out, SimulatedSocket Socket) Run(PullSettings? settings = null)
    {
        var (role, probe) = ZmqSource.Pull(settings ?? Settings).ToMaterialized(this.SinkProbe<Message>(), Keep.Both).Run(Materializer);
        return (role, probe, Network.Socket("pull"));
    }

    [Fact]
    public async Task A_message_goes_downstream_and_readiness_names_the_endpoint_in_force()
    {
        var (role, probe, socket) = Run();

        Assert.StartsWith("tcp://127.0.0.1:", await EndpointOf(role), StringComparison.Ordinal);
        socket.Connect().Send(Text("a", "b"));

        Assert.Equal([Text("a", "b")], Take(probe, 1));
    }

    [Fact]
    public async Task Messages_keep_their_order()
    {
        var (role, probe, socket) = Run();
        await EndpointOf(role);

        socket.Connect().Send([.. Numbers(100)]);

        Assert.Equal(Numbers(100), Take(probe, 100));
    }

    [Fact]
    public async Task A_stream_without_demand_takes_one_window_and_no_more_from_the_socket()
    {
        var (role, probe, socket) = Run();
        await EndpointOf(role);
        socket.Connect().Send([.. Numbers(100)]);

        await StatusWhen(role, status => status.Received == 10, "the window of 10 is taken");
        Assert.Equal((90, 0), (socket.Unread, socket.Credit));

        // The whole window goes downstream, and only then the next one is taken.
        Take(probe, 9);
        Assert.Equal(10, (await StatusOf(role)).Received);
        Take(probe, 1);
        await StatusWhen(role, status => status.Received == 20, "the next window is taken");
        Assert.Equal(80, socket.Unread);
    }

    [Fact]
    public async Task A_cancelled_stream_stops_its_role_and_counts_what_it_had_taken()
    {
        var (role, probe, socket) = Run();
        await EndpointOf(role);
        socket.Connect().Send([.. Numbers(15)]);
        Take(probe, 3);
        await StatusWhen(role, status => status.Received == 10, "the window of 10 is taken");
        var actor = await role.Actor;
        Watch(actor);

        probe.Cancel();

        ExpectTerminated(actor, Patience);
        Await(() => Network.Sockets.Count == 0, "the socket is closed");
        Await(() => Dropped(DropReason.Stopped) == 7 && Dropped(DropReason.Unread) == 5, "7 messages of the window and 5 of the socket are counted");
    }

    [Fact]
    public async Task A_kill_switch_completes_the_stream_and_stops_the_role()
    {
        var ((role, kill), probe) = ZmqSource.Pull(Settings).ViaMaterialized(KillSwitches.Single<Message>(), Keep.Both).ToMaterialized(this.SinkProbe<Message>(), Keep.Both).Run(Materializer);
        await EndpointOf(role);
        var actor = await role.Actor;
        Watch(actor);
        probe.EnsureSubscription();

        kill.Shutdown();

        probe.ExpectComplete();
        ExpectTerminated(actor, Patience);
    }

    [Fact]
    public async Task A_stream_that_drains_works_off_what_has_come_and_completes()
    {
        var (role, probe, socket) = Run();
        await EndpointOf(role);
        socket.Connect().Send([.. Numbers(25)]);

        var drained = role.Drain(Patience);

        Assert.Equal(Numbers(25), Take(probe, 25));
        probe.ExpectComplete();
        await Within(drained, "the source has not drained");
        Assert.Empty(Network.Dropped);
    }

    [Fact]
    public async Task A_stream_that_does_not_drain_in_time_completes_and_counts_the_rest()
    {
        var (role, probe, socket) = Run();
        await EndpointOf(role);
        socket.Connect().Send([.. Numbers(5)]);
        await StatusWhen(role, status => status.Received == 5, "5 messages are taken");
        probe.EnsureSubscription();

        await Within(role.Drain(TimeSpan.FromMilliseconds(50)), "the source has not ended at its limit");

        probe.ExpectComplete();
        Await(() => Dropped(DropReason.Stopped) == 5, "5 messages are counted");
    }

    [Fact]
    public async Task A_socket_that_fails_and_opens_again_does_not_end_the_stream()
    {
        var (role, probe, socket) = Run();
        await EndpointOf(role);

        socket.Fail(new InvalidOperationException("the cable"));
        socket.Open();
        socket.Connect().Send(Text("after"));

        Assert.Equal([Text("after")], Take(probe, 1));
    }

    [Fact]
    public async Task A_role_that_can_never_open_again_fails_the_stream_with_the_cause()
    {
        var (role, probe, socket) = Run();
        await EndpointOf(role);
        probe.EnsureSubscription();

        socket.Fail(new ArgumentException("no such device"));

        var failure = Assert.IsType<StreamRoleException>(probe.ExpectError());
        Assert.Contains("pull", failure.Message, StringComparison.Ordinal);
        Assert.Equal("no such device", failure.InnerException?.Message);
    }

    [Fact]
    public async Task A_role_that_somebody_stops_fails_the_stream()
    {
        var (role, probe, _) = Run();
        await EndpointOf(role);
        probe.EnsureSubscription();

        (await role.Actor).Tell(PoisonPill.Instance);

        Assert.IsType<StreamRoleException>(probe.ExpectError());
    }

    [Fact]
    public async Task A_failing_stream_stops_its_role_and_counts_what_it_had_taken()
    {
        var (role, failed) = ZmqSource.Pull(Settings).Select(message => message.Text() == "3" ? throw new InvalidOperationException("told to fail") : message).ToMaterialized(Sink.Ignore<Message>(), Keep.Both).Run(Materializer);
        await EndpointOf(role);
        var actor = await role.Actor;
        Watch(actor);

        Network.Socket("pull").Connect().Send([.. Numbers(10)]);

        await Assert.ThrowsAsync<InvalidOperationException>(() => failed.WaitAsync(Patience));
        ExpectTerminated(actor, Patience);
        Await(() => Dropped(DropReason.Stopped) == 6, "the 6 messages behind the one that failed are counted");
    }

    [Fact]
    public async Task Each_run_of_a_source_has_a_role_of_its_own()
    {
        var source = ZmqSource.Pull(Settings);
        var first = source.To(Sink.Ignore<Message>().MapMaterializedValue(_ => Akka.NotUsed.Instance)).Run(Materializer);
        var second = source.To(Sink.Ignore<Message>().MapMaterializedValue(_ => Akka.NotUsed.Instance)).Run(Materializer);

        Assert.NotEqual(await EndpointOf(first), await EndpointOf(second));
    }

    [Fact]
    public async Task Readiness_faults_when_the_stream_ends_before()
    {
        var (role, probe) = ZmqSource.Subscribe(new SubscribeSettings { Name = "sub", Socket = ConnectedTo("tcp://localhost:5555"), ConfirmTimeout = TimeSpan.FromMinutes(5) })
            .ToMaterialized(this.SinkProbe<Message>(), Keep.Both).Run(Materializer);
        Network.Socket("sub");

        probe.EnsureSubscription();
        probe.Cancel();

        await Assert.ThrowsAsync<InvalidOperationException>(() => role.Ready.WaitAsync(Patience));
    }

    [Fact]
    public void Settings_that_cannot_work_are_refused_where_the_source_is_made() =>
        Assert.Throws<SocketSettingsException>(() => ZmqSource.Pull(Settings with { InboundWindow = 0 }));

    [Fact]
    public void Acknowledged_settings_are_refused_because_nothing_would_acknowledge()
    {
        var refused = Assert.Throws<ArgumentException>(() => ZmqSource.Pull(Settings with { Acknowledged = new() }));

        Assert.Contains("AcknowledgedPull", refused.Message, StringComparison.Ordinal);
    }
}

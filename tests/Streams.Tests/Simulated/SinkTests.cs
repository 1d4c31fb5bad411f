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

public sealed class SinkTests(ITestOutputHelper log) : SimulatedStreamTests(log)
{
    private static readonly PushSettings Settings = new() { Name = "push", Socket = Bound with { OutboundWindow = 5 }, Outbound = new OutboundSettings(10, OverflowRule.Backpressure) };

    private (TestPublisher.Probe<Message> In, SinkRole Role, SimulatedSocket Socket) Run(TimeSpan? limit = null)
    {
        var (probe, role) = this.SourceProbe<Message>().ToMaterialized(ZmqSink.Push(Settings, limit ?? Patience), Keep.Both).Run(Materializer);
        return (probe, role, Network.Socket("push"));
    }

    [Fact]
    public async Task Messages_are_sent_and_the_end_tells_that_nothing_was_left()
    {
        var role = Source.From(Numbers(100)).ToMaterialized(ZmqSink.Push(Settings), Keep.Right).Run(Materializer);
        var puller = Network.Socket("push").Connect();

        var end = await EndOf(role);

        Assert.Equal((100, 0), (end.Accepted, end.Undelivered));
        Assert.Equal(Numbers(100), puller.Received);
        Assert.Empty(Network.Sockets);
    }

    [Fact]
    public async Task A_peer_that_takes_nothing_holds_the_stream_at_the_places_of_the_role_and_its_socket()
    {
        var asked = 0;
        var role = Source.From(Numbers(1000)).Select(message =>
        {
            Interlocked.Increment(ref asked);
            return message;
        }).ToMaterialized(ZmqSink.Push(Settings), Keep.Right).Run(Materializer);
        var socket = Network.Socket("push");

        // 5 fit into the socket's window, and 10 wait in the role.
        await StatusWhen(role, status => status.Waiting == 15, "15 messages wait");
        var held = Volatile.Read(ref asked);
        Assert.InRange(held, 15, 16);

        var puller = socket.Connect();
        var end = await EndOf(role);
        Assert.Equal(1000, end.Accepted);
        Assert.Equal(Numbers(1000), puller.Received);
    }

    [Fact]
    public async Task What_was_not_delivered_within_the_limit_is_told_by_its_reason()
    {
        var (probe, role, _) = Run(TimeSpan.FromMilliseconds(50));
        foreach (var message in Numbers(7)) probe.SendNext(message);
        await StatusWhen(role, status => status.Waiting == 7, "7 messages wait");

        probe.SendComplete();
        var end = await EndOf(role);

        Assert.Equal((7, 7), (end.Accepted, end.Undelivered));
        Assert.Equal(7, end.Dropped[DropReason.Stopped]);
        Assert.Empty(Network.Sockets);
    }

    [Fact]
    public async Task An_upstream_that_completes_is_drained_before_the_role_stops()
    {
        var (probe, role, socket) = Run();
        foreach (var message in Numbers(7)) probe.SendNext(message);
        probe.SendComplete();
        await StatusWhen(role, status => status.Waiting == 7, "7 messages wait");
        Assert.False(role.Completion.IsCompleted);

        var puller = socket.Connect();

        Assert.Equal(0, (await EndOf(role)).Undelivered);
        Assert.Equal(Numbers(7), puller.Received);
    }

    [Fact]
    public async Task An_upstream_that_fails_is_drained_as_well_and_faults_the_end_with_its_cause()
    {
        var (probe, role, socket) = Run();
        foreach (var message in Numbers(7)) probe.SendNext(message);
        probe.SendError(new InvalidOperationException("told to fail"));
        var puller = socket.Connect();

        var failed = await Assert.ThrowsAsync<SinkFailedException>(() => EndOf(role));

        Assert.Equal("told to fail", failed.InnerException?.Message);
        Assert.Equal((7, 0), (failed.End.Accepted, failed.End.Undelivered));
        Assert.Equal(Numbers(7), puller.Received);
    }

    [Fact]
    public async Task A_kill_switch_that_shuts_down_drains_the_role()
    {
        var ((probe, kill), role) = this.SourceProbe<Message>().ViaMaterialized(KillSwitches.Single<Message>(), Keep.Both).ToMaterialized(ZmqSink.Push(Settings, Patience), Keep.Both).Run(Materializer);
        var puller = Network.Socket("push").Connect();
        probe.SendNext(Text("1"));
        Assert.Equal(Text("1"), puller.Expect());

        kill.Shutdown();

        probe.ExpectCancellation();
        Assert.Equal((1, 0), ((await EndOf(role)).Accepted, (await EndOf(role)).Undelivered));
    }

    [Fact]
    public async Task A_kill_switch_that_aborts_drains_the_role_and_faults_the_end()
    {
        var ((probe, kill), role) = this.SourceProbe<Message>().ViaMaterialized(KillSwitches.Single<Message>(), Keep.Both).ToMaterialized(ZmqSink.Push(Settings, Patience), Keep.Both).Run(Materializer);
        var puller = Network.Socket("push").Connect();
        probe.SendNext(Text("1"));
        Assert.Equal(Text("1"), puller.Expect());

        kill.Abort(new InvalidOperationException("enough"));

        var failed = await Assert.ThrowsAsync<SinkFailedException>(() => EndOf(role));
        Assert.Equal("enough", failed.InnerException?.Message);
    }

    [Fact]
    public async Task A_socket_that_fails_and_opens_again_loses_nothing_that_waited()
    {
        var (probe, role, socket) = Run();
        foreach (var message in Numbers(7)) probe.SendNext(message);
        await StatusWhen(role, status => status.Waiting == 7, "7 messages wait");

        socket.Fail(new InvalidOperationException("the cable"));
        socket.Open();
        var puller = socket.Connect();
        probe.SendComplete();

        Assert.Equal(0, (await EndOf(role)).Undelivered);
        Assert.Equal(Numbers(7), puller.Received);
    }

    [Fact]
    public async Task A_peer_that_goes_and_comes_gets_the_rest()
    {
        var (probe, role, socket) = Run();
        var first = socket.Connect();
        probe.SendNext(Text("1"));
        Assert.Equal(Text("1"), first.Expect());
        first.Disconnect("it restarts");

        probe.SendNext(Text("2"));
        var second = socket.Connect();
        Assert.Equal(Text("2"), second.Expect());

        probe.SendComplete();
        Assert.Equal(0, (await EndOf(role)).Undelivered);
    }

    [Fact]
    public async Task A_role_that_can_never_open_again_cancels_the_stream_and_tells_what_it_lost()
    {
        var (probe, role, socket) = Run();
        foreach (var message in Numbers(7)) probe.SendNext(message);
        await StatusWhen(role, status => status.Waiting == 7, "7 messages wait");

        socket.Fail(new ArgumentException("no such device"));

        var failed = await Assert.ThrowsAsync<SinkFailedException>(() => EndOf(role));
        Assert.IsType<StreamRoleException>(failed.InnerException);
        Assert.Contains("no such device", failed.Message, StringComparison.Ordinal);
        Assert.Equal(7, failed.End.Undelivered);
        probe.ExpectCancellation();
    }

    [Fact]
    public async Task A_message_that_the_role_refuses_because_others_filled_its_queue_fails_the_sink_and_is_counted()
    {
        var (probe, role, _) = Run();
        var actor = await role.Actor;
        await EndpointOf(role);
        // The stream was granted the 10 places of the role. An actor that does not wait for demand fills the window of the socket, and takes them.
        for (var i = 0; i < 5; i++) actor.Tell(Text("other"), TestActor);
        await StatusWhen(role, status => status.Waiting == 5, "the window of the socket is full");
        AwaitCondition(() => Network.Socket("push").Unsent == 5, Patience, TimeSpan.FromMilliseconds(10), "the socket has 5 messages");
        for (var i = 0; i < 10; i++) actor.Tell(Text("other"), TestActor);
        await StatusWhen(role, status => status.Waiting == 15, "the role is full");

        probe.SendNext(Text("1"));

        var failed = await Assert.ThrowsAsync<SinkFailedException>(() => EndOf(role));
        Assert.IsType<OutboundOverflowException>(failed.InnerException?.InnerException);
        Assert.Equal(1, failed.End.Dropped[DropReason.Refused]);
        Assert.Equal(15, failed.End.Dropped[DropReason.Stopped]);
        probe.ExpectCancellation();
    }

    [Fact]
    public async Task A_materializer_that_shuts_down_faults_the_end_and_stops_the_role()
    {
        var materializer = Sys.Materializer(namePrefix: "short");
        var (probe, role) = this.SourceProbe<Message>().ToMaterialized(ZmqSink.Push(Settings), Keep.Both).Run(materializer);
        probe.SendNext(Text("1"));
        await StatusWhen(role, status => status.Waiting == 1, "1 message waits");
        var actor = await role.Actor;
        Watch(actor);

        materializer.Shutdown();

        await Assert.ThrowsAsync<SinkFailedException>(() => EndOf(role));
        ExpectTerminated(actor, Patience);
        Await(() => Dropped(DropReason.Stopped) == 1, "the message is counted");
    }

    [Fact]
    public async Task Published_messages_go_to_the_subscribers_of_their_topic()
    {
        var (probe, role) = this.SourceProbe<Message>().ToMaterialized(ZmqSink.Publish(new PublishSettings { Name = "pub", Socket = Bound }), Keep.Both).Run(Materializer);
        var socket = Network.Socket("pub");
        var subscriber = socket.Connect();
        subscriber.Subscribe("news");

        probe.SendNext(Text("sports"));
        probe.SendNext(Text("news"));
        probe.SendComplete();

        var end = await EndOf(role);
        Assert.Equal((2, 0), (end.Accepted, end.Undelivered));
        Assert.Equal([Text("news")], subscriber.Received);
    }

    [Fact]
    public async Task A_publisher_holds_the_stream_while_its_socket_is_opened_again_and_drops_nothing()
    {
        var settings = new PublishSettings { Name = "pub", Socket = Bound with { OutboundWindow = 5 }, Outbound = new OutboundSettings(10, OverflowRule.DropNewest) };
        var (probe, role) = this.SourceProbe<Message>().ToMaterialized(ZmqSink.Publish(settings), Keep.Both).Run(Materializer);
        var socket = Network.Socket("pub");
        await EndpointOf(role);
        socket.Fill();

        foreach (var message in Numbers(15)) probe.SendNext(message);
        await StatusWhen(role, status => status.Waiting == 15, "15 messages wait");
        socket.Drain();
        probe.SendComplete();

        var end = await EndOf(role);
        Assert.Equal((15, 0), (end.Accepted, end.Undelivered));
    }

    [Fact]
    public void Settings_that_cannot_work_are_refused_where_the_sink_is_made() =>
        Assert.Throws<SocketSettingsException>(() => ZmqSink.Push(Settings with { Outbound = new OutboundSettings(0, OverflowRule.Fail) }));
}

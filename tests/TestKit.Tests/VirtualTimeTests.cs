using Actors;
using Actors.TestKit;
using Actors.Transport;
using Akka.Actor;
using Akka.TestKit.Xunit2;

namespace Tests.OfTestKit;

/// <summary>Failures and deadlines in virtual time.</summary>
public sealed class VirtualTimeTests() : TestKit(VirtualTime.Config)
{
    private IActorRef Request(RetrySettings retry) => Sys.ActorOf(RequestRole.Props(new RequestSettings
    {
        Name = "client",
        Socket = new SocketSettings { Connect = ["tcp://one:1", "tcp://two:2"] },
        Timeout = TimeSpan.FromSeconds(10),
        Retry = retry,
    }));

    [Fact]
    public void A_request_that_one_server_does_not_answer_in_time_goes_to_the_other()
    {
        var time = VirtualTime.Of(Sys);
        var network = SimulatedNetwork.Of(Sys);
        var role = Request(new RetrySettings(1) { TryTimeout = TimeSpan.FromSeconds(4) });
        var (one, two) = (network.Socket("client.1").Connect(), network.Socket("client.2").Connect());
        role.Tell(Message.FromText("?"), TestActor);
        var (silent, answering) = one.Received.Count == 1 ? (one, two) : (two, one);
        time.Advance(TimeSpan.FromSeconds(3));
        Assert.Empty(answering.Received);

        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Single(silent.Received);
        Assert.Equal(Message.FromText("", "?"), Assert.Single(answering.Received));
        answering.Send(Message.FromText("", "!"));
        ExpectMsg(Message.FromText("!"));
    }

    [Fact]
    public void A_failed_socket_opens_after_a_backoff_that_doubles()
    {
        var time = VirtualTime.Of(Sys);
        var network = SimulatedNetwork.Of(Sys);
        Sys.EventStream.Subscribe(TestActor, typeof(RoleFailed));
        Sys.ActorOf(PushRole.Props(new PushSettings { Name = "push", Socket = new SocketSettings { Bind = ["tcp://*:1"], RestartBackoff = TimeSpan.FromSeconds(1) } }));
        var socket = network.Socket("push");
        var peer = socket.Connect();
        var cause = new IOException("the cable was pulled");
        socket.Fail(cause);
        Assert.Equal(new RoleFailed("push", cause, TimeSpan.FromSeconds(1)), ExpectMsg<RoleFailed>());
        Assert.False(peer.IsConnected);

        // The next try fails as well, so the wait begins anew and is twice as long.
        time.Advance(TimeSpan.FromMilliseconds(990));
        socket.Fail(cause);
        Assert.Equal(TimeSpan.FromSeconds(2), ExpectMsg<RoleFailed>().RetryIn);
        time.Advance(TimeSpan.FromMilliseconds(1990));
        Assert.False(socket.IsOpen);
        time.Advance(TimeSpan.FromMilliseconds(10));
        Assert.True(socket.IsOpen);
    }

    [Fact]
    public void A_failure_that_no_further_try_can_cure_stops_the_role()
    {
        var network = SimulatedNetwork.Of(Sys);
        var role = Watch(Sys.ActorOf(PushRole.Props(new PushSettings { Name = "push", Socket = new SocketSettings { Bind = ["tcp://*:1"] } })));
        network.Socket("push").Fail(new SocketSettingsException("push", "bind", "is wrong"));

        ExpectTerminated(role);
        Assert.Empty(network.Sockets);
    }
}

/// <summary>Systems that the kit cannot be used with.</summary>
public sealed class MisuseTests() : TestKit
{
    [Fact]
    public void Virtual_time_needs_the_test_scheduler() =>
        Assert.Contains("expected TestScheduler", Assert.ThrowsAny<Exception>(() => VirtualTime.Of(Sys)).GetBaseException().Message, StringComparison.Ordinal);

    [Fact]
    public void A_system_with_sockets_of_an_engine_has_no_simulated_network()
    {
        ZmqTransport.Of(Sys);

        Assert.Contains("call SimulatedNetwork.Of before", Assert.ThrowsAny<Exception>(() => SimulatedNetwork.Of(Sys)).GetBaseException().Message, StringComparison.Ordinal);
    }
}

using Actors.Zmtp.Sockets;
using System.Net.Sockets;
using Actors.Zmtp.Tests.BytePeer;
using Actors.Zmtp.Tests.Interop;
using Actors.Zmtp.Tests.Sockets;

namespace Actors.Zmtp.Tests.Alone;

/// <summary>Exceptions inside the engine, which a transport throws here: each ends its own connection at most.</summary>
[Collection(AloneCollection.Name)]
public class FaultTests : IDisposable
{
    private readonly FaultyTransport _transport = new();

    public FaultTests()
    {
        ZmqContext.Exchange(new EngineContext(1) { Tcp = _transport });
    }

    public void Dispose() => ZmqContext.Terminate(block: false);

    [Fact]
    public void A_fault_while_receiving_ends_that_connection_and_no_other()
    {
        using PullSocket ours = new();
        using EventRecorder events = new(ours, SocketEvents.Disconnected);
        ours.Options.Linger = TimeSpan.Zero;
        int port = ours.BindRandomPort("tcp://127.0.0.1");
        using RawPeer unlucky = RawPeer.ConnectTo(port);
        unlucky.Handshake("PUSH");
        using RawPeer other = RawPeer.ConnectTo(port);
        other.Handshake("PUSH");

        _transport.Throw(stream: 0, StreamCall.Receive);
        unlucky.Send("00 01 61");
        unlucky.ExpectEnd();
        Assert.Contains(FaultyTransport.Message, events.Next(SocketEvents.Disconnected).Reason, StringComparison.Ordinal);
        other.Send("00 01 62");
        Expect.Message(ours, "62");
        using RawPeer next = RawPeer.ConnectTo(port);
        next.Handshake("PUSH");
    }

    [Theory]
    [InlineData(StreamCall.Receive)]
    [InlineData(StreamCall.Send)]
    [InlineData(StreamCall.Watch)]
    public void A_fault_at_the_beginning_ends_that_connection_and_no_other(StreamCall call)
    {
        using PullSocket ours = new();
        _transport.Throw(stream: 0, call);
        ours.Options.Linger = TimeSpan.Zero;
        int port = ours.BindRandomPort("tcp://127.0.0.1");
        using RawPeer unlucky = RawPeer.ConnectTo(port);
        unlucky.Send(RawPeer.FirstPart);
        unlucky.ExpectEnd();
        using RawPeer next = RawPeer.ConnectTo(port);
        next.Handshake("PUSH");
        next.Send("00 01 61");
        Expect.Message(ours, "61");
    }

    [Fact]
    public void A_fault_while_accepting_is_told_and_the_next_peer_is_accepted()
    {
        using PullSocket ours = new();
        using EventRecorder events = new(ours, SocketEvents.AcceptFailed);
        _transport.ThrowOnAccept = true;
        ours.Options.Linger = TimeSpan.Zero;
        int port = ours.BindRandomPort("tcp://127.0.0.1");
        using RawPeer unlucky = RawPeer.ConnectTo(port);
        Assert.Contains(FaultyTransport.Message, events.Next(SocketEvents.AcceptFailed).Reason, StringComparison.Ordinal);
        using RawPeer next = RawPeer.ConnectTo(port);
        next.Handshake("PUSH");
    }

    [Fact]
    public void A_connecting_socket_connects_again_after_a_fault_and_sends_what_was_waiting()
    {
        using RawListener listener = new();
        using PushSocket ours = new();
        ours.Options.Linger = TimeSpan.Zero;
        ours.Options.ReconnectInterval = TimeSpan.FromMilliseconds(10);
        ours.Connect(listener.Endpoint);
        using RawPeer first = RawPeer.Accept(listener);
        first.Handshake("PULL");
        _transport.Throw(stream: 0, StreamCall.Send);
        Expect.Sent(ours, "61");
        first.ExpectEnd();
        using RawPeer second = RawPeer.Accept(listener);
        second.Handshake("PULL");
        second.Expect("00 01 61");
    }

    [Fact]
    public void An_attempt_to_connect_that_fails_with_an_exception_is_made_again()
    {
        using RawListener listener = new();
        _transport.ThrowOnConnect = true;
        using PushSocket ours = new();
        ours.Options.Linger = TimeSpan.Zero;
        ours.Options.ReconnectInterval = TimeSpan.FromMilliseconds(10);
        using EventRecorder events = new(ours, SocketEvents.Closed);
        ours.Connect(listener.Endpoint);
        Assert.Contains(FaultyTransport.Message, events.Next(SocketEvents.Closed).Reason, StringComparison.Ordinal);
        using RawPeer peer = RawPeer.Accept(listener);
        peer.Handshake("PULL");
    }

    [Fact]
    public async Task A_socket_with_a_faulty_connection_closes_within_its_linger_time()
    {
        using RawListener listener = new();
        PushSocket ours = new();
        ours.Options.Linger = TimeSpan.FromMilliseconds(100);
        ours.Connect(listener.Endpoint);
        using RawPeer peer = RawPeer.Accept(listener);
        peer.Handshake("PULL");
        _transport.Throw(stream: 0, StreamCall.Send);
        Expect.Sent(ours, "61");
        ours.Dispose();
        await Task.Run(() => ZmqContext.Terminate()).Within("end of the context, which must not wait for a connection that had a fault");
    }
}

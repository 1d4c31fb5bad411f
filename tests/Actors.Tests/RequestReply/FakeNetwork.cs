using Actors.Transport;
using Akka.Actor;
using Akka.TestKit;

namespace Actors.Tests;

/// <summary>
/// Sockets and servers for request roles without a network: the test says when a connection stands, what a server answers,
/// and what fails. Everything runs on the thread of the test.
/// </summary>
internal sealed class FakeNetwork(ActorSystem system)
{
    private readonly List<FakeConnection> _connections = [];

    /// <summary>Sockets that a role has now, open or not.</summary>
    public IReadOnlyList<FakeConnection> Connections => _connections;

    public void Open(SocketSpec spec, IActorRef owner)
    {
        var connection = new FakeConnection(spec, owner);
        CallingThread.Start(system, Props.Create(() => new FakeSocket(this, connection)));
    }

    private sealed class FakeSocket(FakeNetwork network, FakeConnection connection) : UntypedActor
    {
        protected override void PreStart()
        {
            network._connections.Add(connection);
            connection.Created(Self);
        }

        protected override void PostStop() => network._connections.Remove(connection);

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case OutboundBatch batch: connection.Take(batch.Messages); break;
                case ReopenSocket: connection.Reopen(); break;
                case InboundCredit: break;
                default: Unhandled(message); break;
            }
        }
    }
}

/// <summary>Starts actors that run on the thread of the test: they are there, and have started, when the call returns.</summary>
internal static class CallingThread
{
    public static IActorRef Start(ActorSystem system, Props props) => new TestActorRef<ActorBase>(system, props.WithDispatcher(CallingThreadDispatcher.Id));
}

/// <summary>A socket with at most one connection, and the server at its other end.</summary>
internal sealed class FakeConnection(SocketSpec spec, IActorRef owner)
{
    private IActorRef _socket = ActorRefs.Nobody;
    private readonly List<Message> _beforeOpen = [];

    /// <summary>What the server at the other end has received by the connection that stands; a new connection starts empty.</summary>
    public List<Message> AtServer { get; } = [];

    public bool IsOpen { get; private set; }

    public bool IsConnected { get; private set; }

    public void Created(IActorRef socket)
    {
        _socket = socket;
        owner.Tell(new SocketCreated(spec.Name, socket), socket);
        owner.Tell(new OutboundCredit(spec.Settings.OutboundWindow), socket);
        Opened();
    }

    public void Opened()
    {
        IsOpen = true;
        owner.Tell(new SocketOpened(spec.Connect, 0), _socket);
    }

    public void Take(IReadOnlyList<Message> messages)
    {
        // As a DEALER does: what comes while there is no connection waits for one.
        (IsConnected ? AtServer : _beforeOpen).AddRange(messages);
        owner.Tell(new OutboundCredit(messages.Count), _socket);
    }

    public void Connect()
    {
        IsConnected = true;
        AtServer.AddRange(_beforeOpen);
        _beforeOpen.Clear();
        owner.Tell(new PeerConnected(spec.Name, spec.Connect[0]), _socket);
    }

    public void Disconnect()
    {
        Forget();
        owner.Tell(new PeerDisconnected(spec.Name, spec.Connect[0]), _socket);
    }

    public void Fail()
    {
        Forget();
        IsOpen = false;
        owner.Tell(new SocketFailed(new IOException("the test broke the socket"), 1, TimeSpan.FromMilliseconds(100)), _socket);
    }

    public void Reopen()
    {
        Forget();
        _beforeOpen.Clear();
        if (IsOpen) Opened();
    }

    public void Deliver(Message message) => owner.Tell(new InboundBatch([message]), _socket);

    private void Forget()
    {
        IsConnected = false;
        AtServer.Clear();
    }
}

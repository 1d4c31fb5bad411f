using Actors.Transport;
using Akka.Actor;
using Akka.Event;
using Microsoft.Extensions.Time.Testing;
using System.Globalization;

namespace Actors.Tests;

/// <summary>
/// A sending end and some receiving ends with a network between them that a test moves step by step: no socket, no thread and
/// no time but those of the test.
/// </summary>
internal sealed class SimulatedPipeline
{
    private readonly ActorSystem _system;
    private readonly FakeTimeProvider _time = new();
    private readonly SocketLink _router;
    private readonly List<LedgerTask> _dead = [];
    private int _lastRoutingId;

    public SimulatedPipeline(ActorSystem system, AcknowledgedSettings settings, int receivers)
    {
        _system = system;
        Sender = new SendingEnd("push", settings, ActorRefs.Nobody, NoLogger.Instance, _time, id => Acknowledged.Add(id), _dead.Add);
        _router = Link(new SocketSpec { Name = "push", Kind = SocketKind.Router, Settings = new SocketSettings { Bind = ["tcp://127.0.0.1:0"] } }, Route);
        Sender.Add(_router);
        Receivers = [.. Enumerable.Range(0, receivers).Select(index => new Receiver(this, settings, index))];
    }

    public SendingEnd Sender { get; }

    public IReadOnlyList<Receiver> Receivers { get; }

    public HashSet<TaskId> Acknowledged { get; } = [];

    public IReadOnlyList<LedgerTask> Dead => _dead;

    public void Accept(int n)
    {
        Sender.Accept(new TaskId(BitConverter.GetBytes((long)n)), Message.FromText(n.ToString(CultureInfo.InvariantCulture)));
        Settle();
    }

    public void Tick(TimeSpan passed)
    {
        _time.Advance(passed);
        Sender.Tick();
        foreach (var receiver in Receivers) receiver.End.Tick();
        Settle();
    }

    /// <summary>Sends what follows from what has been told to the ends, as the roles do.</summary>
    private void Settle()
    {
        Sender.Flush();
        foreach (var receiver in Receivers) receiver.End.Flush();
    }

    private void Route(Message message)
    {
        // As a ROUTER does: what is for a peer that is gone is dropped.
        Receivers.FirstOrDefault(one => one.Connected && one.RoutingId.AsSpan().SequenceEqual(message[0].Span))?.Down.Enqueue(message.Skip(1));
    }

    private SocketLink Link(SocketSpec spec, Action<Message> send)
    {
        var link = new SocketLink(spec, null, 0, new OutboundLane(spec.Name, OutboundSettings.Unbounded, ActorRefs.Nobody, _system.EventStream));
        link.Created(new Socket(_system, send));
        link.Granted(int.MaxValue / 2);
        return link;
    }

    /// <summary>A receiving end with its DEALER, and what is on its way to and from it.</summary>
    internal sealed class Receiver
    {
        private readonly SimulatedPipeline _pipeline;
        private readonly SocketLink _dealer;
        private readonly Queue<Message> _up = new();

        public Receiver(SimulatedPipeline pipeline, AcknowledgedSettings settings, int index)
        {
            _pipeline = pipeline;
            End = new ReceivingEnd($"pull-{index}", settings, ActorRefs.Nobody, NoLogger.Instance, pipeline._time, workers: 1, Begin);
            _dealer = pipeline.Link(new SocketSpec { Name = $"pull-{index}", Kind = SocketKind.Dealer, Settings = new SocketSettings { Connect = ["tcp://127.0.0.1:1"] } }, _up.Enqueue);
            End.Add(_dealer);
        }

        public ReceivingEnd End { get; }

        public Queue<Message> Down { get; } = new();

        public bool Connected { get; private set; }

        public byte[] RoutingId { get; private set; } = [];

        /// <summary>Told to the handler, which has not ended with them.</summary>
        public List<TaskId> InHand { get; } = [];

        public HashSet<TaskId> Done { get; } = [];

        public bool HasDrained { get; private set; }

        private void Begin(IReadOnlyList<SentTask> tasks)
        {
            foreach (var task in tasks)
            {
                Assert.DoesNotContain(task.Id, InHand);
                Assert.DoesNotContain(task.Id, Done);
                Assert.False(HasDrained, "a task was begun by an end that drains");
                InHand.Add(task.Id);
            }
        }

        public void Connect()
        {
            if (Connected) return;
            Connected = true;
            RoutingId = [0, .. BitConverter.GetBytes(++_pipeline._lastRoutingId)];
            _dealer.Connected(_dealer.Spec.Connect[0]);
            End.PeerChanged(_dealer, new PeerConnected("pull", "tcp://127.0.0.1:1"));
            _pipeline.Settle();
        }

        /// <summary>The connection ends; with it goes what was on its way.</summary>
        public void Disconnect()
        {
            if (!Connected) return;
            Connected = false;
            Down.Clear();
            _up.Clear();
            _dealer.Disconnected();
            End.PeerChanged(_dealer, new PeerDisconnected("pull", "tcp://127.0.0.1:1"));
            _pipeline.Sender.PeerChanged(_pipeline._router, new PeerDisconnected("push", "tcp://127.0.0.1:0", new Peer(RoutingId, null)));
            _pipeline.Settle();
        }

        /// <summary>The next message to the sender arrives; false when there is none.</summary>
        public bool DeliverUp()
        {
            if (!Connected || !_up.TryDequeue(out var message)) return false;
            _pipeline.Sender.Take(_pipeline._router, [message.Prepend(RoutingId)]);
            _pipeline.Settle();
            return true;
        }

        /// <summary>The next message from the sender arrives; false when there is none.</summary>
        public bool DeliverDown()
        {
            if (!Connected || !Down.TryDequeue(out var message)) return false;
            End.Take(_dealer, [message]);
            _pipeline.Settle();
            return true;
        }

        /// <summary>The handler ends with a task; null: it has worked.</summary>
        public void Finish(int index, TaskReturn? how)
        {
            var id = InHand[index];
            InHand.RemoveAt(index);
            if (how is { } failed)
            {
                End.Return(id, failed, "failed");
            }
            else
            {
                Done.Add(id);
                End.Acknowledge(id);
            }
            _pipeline.Settle();
        }

        public void Drain()
        {
            HasDrained = true;
            End.Drain();
            _pipeline.Settle();
        }
    }

    /// <summary>Stands where a socket's actor stands, and sends at once.</summary>
    private sealed class Socket(ActorSystem system, Action<Message> send) : MinimalActorRef
    {
        public override ActorPath Path { get; } = new RootActorPath(Address.AllSystems) / "simulated";

        public override IActorRefProvider Provider => ((ExtendedActorSystem)system).Provider;

        protected override void TellInternal(object message, IActorRef sender)
        {
            if (message is not OutboundBatch batch) return;
            foreach (var one in batch.Messages) send(one);
        }
    }
}

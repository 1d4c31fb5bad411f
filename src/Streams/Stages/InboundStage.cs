using Actors.Transport;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Stage;

namespace Actors.Streams.Stages;

/// <summary>A source of what a receiving role is told. The stage is the role's handler.</summary>
/// <typeparam name="T">The elements.</typeparam>
/// <param name="name">The role's name.</param>
/// <param name="stage">The stage's name.</param>
/// <param name="role">Makes the props of the role from its handler.</param>
/// <param name="ofMessage">Makes an element of a message.</param>
/// <param name="ofGap">Makes an element of a gap; null where the role tells none.</param>
internal sealed class InboundStage<T>(string name, string stage, Func<RoleHandler, Props> role, Func<Message, T> ofMessage, Func<SubscriptionGap, T>? ofGap = null)
    : GraphStageWithMaterializedValue<SourceShape<T>, SourceRole>
{
    private readonly Outlet<T> _out = new($"{stage}.out");

    public override SourceShape<T> Shape => new(_out);

    protected override Attributes InitialAttributes { get; } = Attributes.CreateName(stage);

    public override ILogicAndMaterializedValue<SourceRole> CreateLogicAndMaterializedValue(Attributes inheritedAttributes)
    {
        var run = new SourceRole(name);
        return new LogicAndMaterializedValue<SourceRole>(new Logic(this, run), run);
    }

    /// <summary>
    /// Answers each barrier when all messages before it have gone downstream. That gives their credit back to the socket, so a
    /// stream without demand holds the peers.
    /// </summary>
    private sealed class Logic : SourceLogic
    {
        private readonly InboundStage<T> _stage;

        // What has not gone downstream: batches, gaps and barriers, in order. The role's window bounds it.
        private readonly Queue<object> _waiting = new();
        private MessageBatch? _batch;
        private int _next;
        private long _pushed;

        public Logic(InboundStage<T> stage, SourceRole run)
            : base(stage.Shape, run)
        {
            _stage = stage;
            SetHandler(stage._out, onPull: Push);
        }

        protected override Props RoleProps() => _stage._role(RoleHandler.Outside(Self));

        protected override void EndRole() => Role.Tell(new HandlerEnded(_pushed), Self);

        protected override void OnOther(IActorRef sender, object message)
        {
            switch (message)
            {
                case MessageBatch or SubscriptionGap or Identify:
                    _waiting.Enqueue(message);
                    Push();
                    break;
                default: base.OnOther(sender, message); break;
            }
        }

        private void Push()
        {
            // Barriers are answered as soon as what is before them has gone.
            while (_batch is not null || _waiting.Count > 0)
            {
                if (_batch is null && _waiting.Peek() is Identify barrier)
                {
                    _waiting.Dequeue();
                    Role.Tell(new ActorIdentity(barrier.MessageId, Self), Self);
                    continue;
                }
                if (!IsAvailable(_stage._out)) return;
                if (_batch is null)
                {
                    var next = _waiting.Dequeue();
                    if (next is SubscriptionGap gap)
                    {
                        Push(_stage._out, _stage._ofGap!(gap));
                        continue;
                    }
                    _batch = (MessageBatch)next;
                    _next = 0;
                }
                var message = _batch[_next++];
                if (_next == _batch.Count) _batch = null;
                _pushed++;
                Push(_stage._out, _stage._ofMessage(message));
            }
        }
    }

    private readonly Func<RoleHandler, Props> _role = role;
    private readonly Func<Message, T> _ofMessage = ofMessage;
    private readonly Func<SubscriptionGap, T>? _ofGap = ofGap;
}

using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Stage;

namespace Actors.Streams.Stages;

/// <summary>A source of the tasks of an acknowledged pull role. The stage stands where the role's worker stands.</summary>
/// <param name="settings">The role's, with <see cref="PullSettings.Acknowledged"/>.</param>
/// <param name="limit">The time that deliveries have to be settled when the stream takes no more.</param>
internal sealed class AcknowledgedPullStage(PullSettings settings, TimeSpan limit) : GraphStageWithMaterializedValue<SourceShape<Delivery>, SourceRole>
{
    private readonly Outlet<Delivery> _out = new("ZmqSource.AcknowledgedPull.out");

    public override SourceShape<Delivery> Shape => new(_out);

    protected override Attributes InitialAttributes { get; } = Attributes.CreateName("ZmqSource.AcknowledgedPull");

    public override ILogicAndMaterializedValue<SourceRole> CreateLogicAndMaterializedValue(Attributes inheritedAttributes)
    {
        var run = new SourceRole(settings.Name);
        return new LogicAndMaterializedValue<SourceRole>(new Logic(settings, limit, _out, Shape, run), run);
    }

    /// <summary>A task that is not settled keeps its place of the sender's credit, so a stream without demand holds the peers.</summary>
    private sealed class Logic : SourceLogic
    {
        private readonly PullSettings _settings;
        private readonly Outlet<Delivery> _out;

        // The credit that the role grants bounds it.
        private readonly Queue<SentTask> _waiting = new();

        public Logic(PullSettings settings, TimeSpan limit, Outlet<Delivery> outlet, SourceShape<Delivery> shape, SourceRole run)
            : base(shape, run)
        {
            _settings = settings;
            _out = outlet;
            SetHandler(outlet, onPull: PushNext, onDownstreamFinish: cause =>
            {
                if (cause is SubscriptionWithCancelException.NonFailureCancellation)
                {
                    // What went downstream may still be settled.
                    SetKeepGoing(true);
                    Drain(limit);
                }
                else
                {
                    FailStage(cause);
                }
            });
        }

        protected override Props RoleProps() => PullRole.Props(_settings, RoleHandler.Outside(Self));

        protected override void EndRole()
        {
            ReturnWaiting();
            Role.Tell(new HandlerEnded(0), Self);
        }

        protected override void OnOther(IActorRef sender, object message)
        {
            switch (message)
            {
                case RunTasks run:
                    foreach (var task in run.Tasks) _waiting.Enqueue(task);
                    if (IsAvailable(_out)) PushNext();
                    break;
                case Actors.ReturnWaiting: ReturnWaiting(); break;
                default: base.OnOther(sender, message); break;
            }
        }

        private void PushNext()
        {
            if (_waiting.TryDequeue(out var task)) Push(_out, new Delivery(task.Id, task.Payload, Role));
        }

        private void ReturnWaiting()
        {
            if (_waiting.Count == 0) return;
            Role.Tell(new TasksNotBegun([.. _waiting.Select(task => task.Id)]), Self);
            _waiting.Clear();
        }
    }
}

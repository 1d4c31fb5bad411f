using Actors.Transport;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Stage;
using Decider = Akka.Streams.Supervision.Decider;
using Directive = Akka.Streams.Supervision.Directive;

namespace Actors.Streams.Stages;

/// <summary>A flow through a request role.</summary>
/// <typeparam name="T">What comes of a request.</typeparam>
/// <param name="settings">The role's.</param>
/// <param name="stage">The stage's name.</param>
/// <param name="isOrdered">Whether answers go on in the order of their requests.</param>
/// <param name="answer">Makes an element of a request that has ended.</param>
/// <param name="failure">What the stream is to fail on; null for an answer.</param>
internal sealed class RequestStage<T>(RequestSettings settings, string stage, bool isOrdered, Func<Answer, T> answer, Func<Answer, Exception?> failure)
    : GraphStageWithMaterializedValue<FlowShape<Message, T>, StreamRole>
{
    private readonly Inlet<Message> _in = new($"{stage}.in");
    private readonly Outlet<T> _out = new($"{stage}.out");

    public override FlowShape<Message, T> Shape => new(_in, _out);

    protected override Attributes InitialAttributes { get; } = Attributes.CreateName(stage);

    public override ILogicAndMaterializedValue<StreamRole> CreateLogicAndMaterializedValue(Attributes inheritedAttributes)
    {
        var run = new StreamRole(settings.Name);
        var decider = inheritedAttributes.GetAttribute<ActorAttributes.SupervisionStrategy>(null)?.Decider ?? Akka.Streams.Supervision.Deciders.StoppingDecider;
        return new LogicAndMaterializedValue<StreamRole>(new Logic(settings, isOrdered, answer, failure, decider, _in, _out, Shape, run), run);
    }

    /// <summary>Has as many requests under way as the role has unanswered at once. An answer counts until downstream has taken it.</summary>
    private sealed class Logic : RoleStageLogic
    {
        private readonly RequestSettings _settings;
        private readonly bool _isOrdered;
        private readonly Func<Answer, T> _answer;
        private readonly Func<Answer, Exception?> _failure;
        private readonly Decider _decider;
        private readonly Inlet<Message> _in;
        private readonly Outlet<T> _out;
        private readonly int _parallelism;

        // Ordered: all requests under way. Otherwise: those that have ended.
        private readonly Queue<RequestAnswer> _queue = new();
        private Action<(RequestAnswer Request, object Answer)> _answered = _ => { };
        private int _underWay;

        public Logic(RequestSettings settings, bool isOrdered, Func<Answer, T> answer, Func<Answer, Exception?> failure, Decider decider, Inlet<Message> inlet, Outlet<T> outlet, FlowShape<Message, T> shape, StreamRole run)
            : base(shape, run)
        {
            _settings = settings;
            _isOrdered = isOrdered;
            _answer = answer;
            _failure = failure;
            _decider = decider;
            _in = inlet;
            _out = outlet;
            // While no server is there, all of them wait in the role.
            _parallelism = Math.Min(settings.MaxInFlight, settings.Outbound.Capacity);
            SetHandler(inlet, onPush: OnPush, onUpstreamFinish: CompleteWhenIdle);
            SetHandler(outlet, onPull: () =>
            {
                PushEnded();
                Ask();
            });
        }

        public override void PreStart()
        {
            base.PreStart();
            _answered = GetAsyncCallback<(RequestAnswer Request, object Answer)>(ended => OnAnswered(ended.Request, ended.Answer));
        }

        protected override Props RoleProps() => RequestRole.Props(_settings);

        protected override void OnTimer(object timerKey)
        {
        }

        protected override void OnOther(IActorRef sender, object message)
        {
        }

        private void OnPush()
        {
            var request = new RequestAnswer(Grab(_in), _answered, ((ExtendedActorSystem)System).Provider);
            _underWay++;
            if (_isOrdered) _queue.Enqueue(request);
            Role.Tell(request.Request, request);
            Ask();
        }

        private void Ask()
        {
            if (_underWay < _parallelism && !IsClosed(_in) && !HasBeenPulled(_in)) Pull(_in);
        }

        private void OnAnswered(RequestAnswer request, object answer)
        {
            request.Answer = answer is Message reply
                ? new Answer(request.Request, reply, null)
                : new Answer(request.Request, null, answer is Status.Failure failed ? failed.Cause : new InvalidOperationException($"the role answered with {answer}"));
            if (_failure(request.Answer) is { } cause && _decider(cause) == Directive.Stop)
            {
                FailStage(cause);
                return;
            }
            if (!_isOrdered) _queue.Enqueue(request);
            PushEnded();
            Ask();
        }

        private void PushEnded()
        {
            while (_queue.TryPeek(out var ended) && ended.Answer is { } answer)
            {
                var isSkipped = _failure(answer) is not null;
                if (!isSkipped && !IsAvailable(_out)) return;
                _queue.Dequeue();
                _underWay--;
                if (!isSkipped) Push(_out, _answer(answer));
            }
            if (IsClosed(_in)) CompleteWhenIdle();
        }

        private void CompleteWhenIdle()
        {
            if (_underWay == 0) CompleteStage();
        }
    }
}

using Actors.Transport;
using Akka.Actor;

namespace Actors.Streams.Stages;

/// <summary>The sender of a request of a stream: passes the answer, of which there is one, to the stage.</summary>
/// <remarks>Safe to use from any thread.</remarks>
internal sealed class RequestAnswer : MinimalActorRef
{
    private readonly Action<(RequestAnswer Request, object Answer)> _answered;

    public RequestAnswer(Message request, Action<(RequestAnswer Request, object Answer)> answered, IActorRefProvider provider)
    {
        Request = request;
        Provider = provider;
        Path = provider.TempPath();
        _answered = answered;
    }

    public Message Request { get; }

    /// <summary>How the request has ended; null until then. The stage's own business.</summary>
    public Answer? Answer { get; set; }

    public override ActorPath Path { get; }

    public override IActorRefProvider Provider { get; }

    protected override void TellInternal(object message, IActorRef sender) => _answered((this, message));
}

using System.Diagnostics;
using Actors.Transport;
using Akka.Actor;

namespace Actors;

/// <summary>
/// The sender of a request to a handler: passes the first answer to the role at once, in one message. Further ones are dead
/// letters.
/// </summary>
/// <remarks>It is cheaper than an Ask, which needs a timer, a task and a continuation for each request. Safe to use from any thread.</remarks>
internal sealed class AwaitedReply : MinimalActorRef
{
    private readonly IActorRef _role;
    private int _isAnswered;

    /// <param name="request">What the handler is told.</param>
    /// <param name="role">Told <see cref="HandlerAnswered"/>.</param>
    /// <param name="due">When the role stops waiting, by its clock.</param>
    /// <param name="provider">Of the actor system; it finds this actor by its path until <see cref="End"/>.</param>
    public AwaitedReply(ReceivedRequest request, IActorRef role, TimeSpan due, IActorRefProvider provider)
    {
        Request = request;
        Due = due;
        _role = role;
        Provider = provider;
        Path = provider.TempPath();
        provider.RegisterTempActor(this, Path);
    }

    public ReceivedRequest Request { get; }

    public TimeSpan Due { get; }

    /// <summary>When the handler was told it, for <see cref="HandlerTimes"/>.</summary>
    public long Told { get; init; }

    /// <summary>The span in which the handler works on it; null when nobody listens.</summary>
    public Activity? Span { get; init; }

    /// <summary>Where it stands among those that its role waits for; the role's own business.</summary>
    public LinkedListNode<AwaitedReply>? Place { get; set; }

    /// <summary>The next request of the same client; this and what follows is the business of <see cref="ReplyOrder"/>.</summary>
    public AwaitedReply? Next { get; set; }

    /// <summary>Whether an older request of the same client has not ended.</summary>
    public bool IsBehind { get; set; }

    public bool HasEnded { get; private set; }

    /// <summary>Null when the request has ended without a reply.</summary>
    public Message? Reply { get; private set; }

    public override ActorPath Path { get; }

    public override IActorRefProvider Provider { get; }

    public void Ended(Message? reply)
    {
        HasEnded = true;
        Reply = reply;
    }

    /// <summary>The role waits no longer.</summary>
    public void End()
    {
        Volatile.Write(ref _isAnswered, 1);
        Provider.UnregisterTempActor(Path);
    }

    /// <summary>The handler failed on the request. That is its answer, unless there is one.</summary>
    public void Fail(Exception cause)
    {
        if (Interlocked.Exchange(ref _isAnswered, 1) == 0) _role.Tell(new HandlerAnswered(this, new Status.Failure(cause)), _role);
    }

    protected override void TellInternal(object message, IActorRef sender)
    {
        if (Interlocked.Exchange(ref _isAnswered, 1) == 0) _role.Tell(new HandlerAnswered(this, message), sender);
        else Provider.DeadLetters.Tell(message, sender);
    }
}

/// <summary>To a reply role: what its handler told the sender of a request.</summary>
internal sealed record HandlerAnswered(AwaitedReply Awaited, object? Answer);

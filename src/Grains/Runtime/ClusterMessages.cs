using Actors.Grains.Calls;
using Akka.Actor;

namespace Actors.Grains.Runtime;

/// <summary>The end of a call, on its way to the node that sent it.</summary>
/// <param name="Number">The call's number on that node.</param>
/// <param name="Error">Null for a success; otherwise why, and <paramref name="Body"/> is a text in UTF-8.</param>
/// <param name="Body">The result as JSON.</param>
/// <param name="IsCancelled">The call ended as its caller has asked.</param>
internal sealed record CallReply(long Number, GrainError? Error, ReadOnlyMemory<byte> Body, bool IsCancelled = false);

/// <summary>The call was not begun, because its activation has stopped: the node that sent it sends it again.</summary>
internal sealed record CallAgain(long Number);

/// <summary>The caller has given up a call.</summary>
internal sealed record CancelCall(string Kind, string Key, CallId Id);

/// <summary>The end of a call that another node has sent.</summary>
internal sealed class RemoteSink(IActorRef replies, long number) : ICallSink
{
    /// <summary>The actor of that node.</summary>
    public IActorRef Replies => replies;

    /// <summary>The call's number there.</summary>
    public long Number => number;

    public void Succeeded(GrainCall call, ReadOnlyMemory<byte> json) => replies.Tell(new CallReply(number, null, json), ActorRefs.NoSender);

    public void Failed(GrainCall call, Exception failure) => replies.Tell(
        failure is OperationCanceledException
            ? new CallReply(number, GrainError.Failed, default, IsCancelled: true)
            : new CallReply(number, (failure as GrainException)?.Error ?? GrainError.Failed, System.Text.Encoding.UTF8.GetBytes(failure.Message)),
        ActorRefs.NoSender);

    public bool MustSendAgain(GrainCall call)
    {
        replies.Tell(new CallAgain(number), ActorRefs.NoSender);
        return true;
    }
}

/// <summary>Takes the ends of the calls that this node has sent.</summary>
internal sealed class RepliesActor(GrainRuntime runtime) : ActorBase
{
    protected override bool Receive(object message)
    {
        switch (message)
        {
            case CallReply { IsCancelled: true } cancelled:
                runtime.Pending.Find(cancelled.Number)?.Fail(new OperationCanceledException());
                return true;
            case CallReply { Error: { } error } failed:
                runtime.Pending.Find(failed.Number)?.Fail(new GrainException(error, System.Text.Encoding.UTF8.GetString(failed.Body.Span)));
                return true;
            case CallReply reply:
                runtime.Pending.Find(reply.Number)?.Succeed(reply.Body);
                return true;
            case CallAgain again:
                if (runtime.Pending.Find(again.Number) is { } call) runtime.SendByRegion(call);
                return true;
            default:
                return false;
        }
    }
}

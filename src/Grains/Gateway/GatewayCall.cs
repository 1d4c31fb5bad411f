using Actors.Grains.Calls;
using Actors.Transport;

namespace Actors.Grains.Gateway;

/// <summary>A call of a client while it is in flight: takes its end from whichever thread, and hands the answer to the role.</summary>
internal sealed class GatewayCall(GatewayReplies replies, ReceivedRequest request, GatewayClient client, long size, TimeSpan due) : ICallSink
{
    public ReceivedRequest Request => request;

    public GatewayClient Client => client;

    /// <summary>Octets, all frames.</summary>
    public long Size => size;

    /// <summary>When its time is up, by the role's clock.</summary>
    public TimeSpan Due => due;

    /// <summary>Whether a client may ask for it again.</summary>
    public bool IsIdentified => request.Id is not null;

    /// <summary>Its client's connection has ended, and nobody waits for the answer.</summary>
    public bool IsAbandoned { get; set; }

    /// <summary>Null until the request is read.</summary>
    public GrainCall? Call { get; set; }

    /// <summary>Null until the call has ended.</summary>
    public Message? Answer { get; private set; }

    /// <summary>Null until the call has failed.</summary>
    public GrainError? Error { get; private set; }

    /// <summary>The call of any client that has ended behind this one.</summary>
    public GatewayCall? NextEnded { get; set; }

    /// <summary>The calls of the same client that are in flight; the business of <see cref="GatewayBook"/>.</summary>
    public GatewayCall? Before { get; set; }

    /// <inheritdoc cref="Before"/>
    public GatewayCall? After { get; set; }

    /// <summary>Whether nothing of the call has been done, and nothing will be: it has not begun, on this node or another.</summary>
    public bool TryPrevent() => Call is { Number: 0 } call && call.TryBegin();

    public void Succeeded(GrainCall call, ReadOnlyMemory<byte> json)
    {
        Answer = GatewayAnswer.Result(request, json);
        replies.Add(this);
    }

    public void Failed(GrainCall call, Exception failure)
    {
        Error = (failure as GrainException)?.Error ?? GrainError.Failed;
        Answer = GatewayAnswer.Error(request, Error.Value, failure is OperationCanceledException ? "the call was cancelled" : failure.Message);
        replies.Add(this);
    }

    /// <summary>The runtime of this node sends it again itself.</summary>
    public bool MustSendAgain(GrainCall call) => false;
}

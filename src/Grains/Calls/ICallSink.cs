namespace Actors.Grains.Calls;

/// <summary>Takes the end of a call on behalf of a caller that is no task of this process: another node, or a client of a gateway.</summary>
internal interface ICallSink
{
    /// <summary>Called once at most, on any thread; it must not block.</summary>
    /// <param name="call">The call.</param>
    /// <param name="json">The result, which is not changed later.</param>
    void Succeeded(GrainCall call, ReadOnlyMemory<byte> json);

    /// <summary>Called once at most, on any thread; it must not block.</summary>
    void Failed(GrainCall call, Exception failure);

    /// <summary>Called when the call was not begun, because its activation has stopped. The caller sends it again. False if it cannot.</summary>
    bool MustSendAgain(GrainCall call);
}

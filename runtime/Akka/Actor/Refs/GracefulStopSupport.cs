using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

public static class GracefulStopSupport
{
    /// <summary>Stops an actor and waits until it has stopped.</summary>
    /// <returns>True once the actor has stopped; the task is cancelled when that takes longer than the timeout.</returns>
    public static Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout) => target.GracefulStop(timeout, PoisonPill.Instance);

    public static async Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout, object stopMessage)
    {
        var watchee = (IInternalActorRef)target;
        var answer = new TaskCompletionSource<Terminated>(TaskCreationOptions.RunContinuationsAsynchronously);
        var future = watchee.Provider.CreateFutureRef(answer);
        watchee.SendSystemMessage(new Watch(watchee, future));
        future.DeliverAsk(stopMessage, target);
        using var timer = new CancellationTokenSource(timeout);
        await using var registration = timer.Token.Register(() => answer.TrySetCanceled(timer.Token));
        try
        {
            await answer.Task.ConfigureAwait(false);
            return true;
        }
        finally
        {
            watchee.SendSystemMessage(new Unwatch(watchee, future));
        }
    }
}

public static class WatchAsyncSupport
{
    /// <summary>Waits, from outside of an actor, until an actor has stopped.</summary>
    /// <returns>True once the actor has stopped, false when the token ends the wait.</returns>
    public static async Task<bool> WatchAsync(this IActorRef target, CancellationToken token = default)
    {
        var watchee = (IInternalActorRef)target;
        var answer = new TaskCompletionSource<Terminated>(TaskCreationOptions.RunContinuationsAsynchronously);
        var future = watchee.Provider.CreateFutureRef(answer);
        watchee.SendSystemMessage(new Watch(watchee, future));
        await using var registration = token.Register(() => answer.TrySetCanceled(token));
        try
        {
            await answer.Task.ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            watchee.Provider.UnregisterTempActor(future.Path);
            watchee.SendSystemMessage(new Unwatch(watchee, future));
        }
    }
}

namespace Akka.Actor;

/// <summary>Tells a message and awaits the answer.</summary>
public static class Futures
{
    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<object>(message, timeout, CancellationToken.None);

    public static Task<object> Ask(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<object>(message, null, cancellationToken);

    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        self.Ask<object>(message, timeout, cancellationToken);

    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<T>(message, timeout, CancellationToken.None);

    public static Task<T> Ask<T>(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<T>(message, null, cancellationToken);

    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        self.Ask<T>(_ => message, timeout, cancellationToken);

    /// <param name="self">Whom to ask.</param>
    /// <param name="messageFactory">Makes the message; given the reference that the answer must go to.</param>
    /// <param name="timeout">After that long the task ends with <see cref="AskTimeoutException"/>; null for <c>akka.actor.ask-timeout</c>.</param>
    /// <param name="cancellationToken">Cancels the task.</param>
    public static Task<T> Ask<T>(this ICanTell self, Func<IActorRef, object> messageFactory, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var provider = ProviderOf(self) ?? throw new ArgumentException($"Unable to resolve the target Provider of {self}", nameof(self));
        var limit = timeout ?? provider.Settings.AskTimeout;
        if (limit == TimeSpan.Zero)
            return Task.FromException<T>(new AskTimeoutException($"Timeout after {limit} seconds"));

        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var future = provider.CreateFutureRef(answer);
        CancellationTokenSource? timer = null;
        if (limit > TimeSpan.Zero)
        {
            timer = new CancellationTokenSource(limit);
            timer.Token.Register(() => answer.TrySetException(new AskTimeoutException($"Timeout after {limit} seconds")));
        }

        var cancelled = cancellationToken.CanBeCanceled
            ? cancellationToken.Register(() => answer.TrySetCanceled(cancellationToken))
            : default;
        if (timer is not null || cancellationToken.CanBeCanceled)
        {
            answer.Task.ContinueWith(
                _ =>
                {
                    timer?.Dispose();
                    cancelled.Dispose();
                },
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }

        future.DeliverAsk(messageFactory(future), self);
        return answer.Task;
    }

    private static IActorRefProvider? ProviderOf(ICanTell self) => self switch
    {
        IInternalActorRef reference => reference.Provider,
        ActorSelection selection => ProviderOf(selection.Anchor),
        _ => ActorCell.Current?.SystemImpl.Provider,
    };
}

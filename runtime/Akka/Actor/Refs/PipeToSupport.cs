namespace Akka.Actor;

/// <summary>Sends the outcome of a task to an actor: its result, or <see cref="Status.Failure"/>.</summary>
public static class PipeToSupport
{
    public static Task PipeTo<T>(
        this Task<T> taskToPipe,
        ICanTell recipient,
        IActorRef? sender = null,
        Func<T, object>? success = null,
        Func<Exception, object>? failure = null) => taskToPipe.PipeTo(recipient, false, sender, success, failure);

    public static async Task PipeTo<T>(
        this Task<T> taskToPipe,
        ICanTell recipient,
        bool useConfigureAwait,
        IActorRef? sender = null,
        Func<T, object>? success = null,
        Func<Exception, object>? failure = null)
    {
        sender ??= ActorRefs.NoSender;
        object? outcome;
        try
        {
            var result = await taskToPipe.ConfigureAwait(useConfigureAwait);
            outcome = success is null ? result : success(result);
        }
        catch (Exception exception)
        {
            outcome = FailureMessage(exception, failure);
        }

        recipient.Tell(outcome!, sender);
    }

    public static Task PipeTo(
        this Task taskToPipe,
        ICanTell recipient,
        IActorRef? sender = null,
        Func<object>? success = null,
        Func<Exception, object>? failure = null) => taskToPipe.PipeTo(recipient, false, sender, success, failure);

    public static async Task PipeTo(
        this Task taskToPipe,
        ICanTell recipient,
        bool useConfigureAwait,
        IActorRef? sender = null,
        Func<object>? success = null,
        Func<Exception, object>? failure = null)
    {
        sender ??= ActorRefs.NoSender;
        object outcome;
        try
        {
            await taskToPipe.ConfigureAwait(useConfigureAwait);
            if (success is null)
                return;
            outcome = success();
        }
        catch (Exception exception)
        {
            outcome = FailureMessage(exception, failure);
        }

        recipient.Tell(outcome, sender);
    }

    public static Task PipeTo<T>(
        this ValueTask<T> taskToPipe,
        ICanTell recipient,
        IActorRef? sender = null,
        Func<T, object>? success = null,
        Func<Exception, object>? failure = null) => taskToPipe.AsTask().PipeTo(recipient, false, sender, success, failure);

    public static Task PipeTo<T>(
        this ValueTask<T> taskToPipe,
        ICanTell recipient,
        bool useConfigureAwait,
        IActorRef? sender = null,
        Func<T, object>? success = null,
        Func<Exception, object>? failure = null) => taskToPipe.AsTask().PipeTo(recipient, useConfigureAwait, sender, success, failure);

    public static Task PipeTo(
        this ValueTask taskToPipe,
        ICanTell recipient,
        IActorRef? sender = null,
        Func<object>? success = null,
        Func<Exception, object>? failure = null) => taskToPipe.AsTask().PipeTo(recipient, false, sender, success, failure);

    public static Task PipeTo(
        this ValueTask taskToPipe,
        ICanTell recipient,
        bool useConfigureAwait,
        IActorRef? sender = null,
        Func<object>? success = null,
        Func<Exception, object>? failure = null) => taskToPipe.AsTask().PipeTo(recipient, useConfigureAwait, sender, success, failure);

    private static object FailureMessage(Exception exception, Func<Exception, object>? failure) =>
        failure is null ? new Status.Failure(exception) : failure(exception);
}

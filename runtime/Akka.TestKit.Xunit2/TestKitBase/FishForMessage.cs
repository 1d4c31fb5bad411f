using System.Collections;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>Drops messages until one matches, and returns that one.</summary>
    public object FishForMessage(
        Predicate<object> isMessage, TimeSpan? max = null, string? hint = null, CancellationToken cancellationToken = default) =>
        FishForMessage<object>(isMessage, max, hint, cancellationToken);

    public T FishForMessage<T>(
        Predicate<T> isMessage, TimeSpan? max = null, string? hint = null, CancellationToken cancellationToken = default) =>
        FishForMessage(isMessage, null, max, hint, cancellationToken);

    /// <param name="allMessages">Gets all messages that were received, the matching one last.</param>
    public T FishForMessage<T>(
        Predicate<T> isMessage,
        ArrayList? allMessages,
        TimeSpan? max = null,
        string? hint = null,
        CancellationToken cancellationToken = default)
    {
        var catches = allMessages ?? [];
        var time = RemainingOrDilated(max);
        var end = Now + time;
        while (true)
        {
            var received = Take(TimeLeft(end), cancellationToken, out var envelope);
            if (IsFish(isMessage, received, envelope, catches, time, hint, out var fish))
            {
                return fish;
            }
        }
    }

    public ValueTask<object> FishForMessageAsync(
        Predicate<object> isMessage, TimeSpan? max = null, string? hint = null, CancellationToken cancellationToken = default) =>
        FishForMessageAsync<object>(isMessage, max, hint, cancellationToken);

    public ValueTask<T> FishForMessageAsync<T>(
        Predicate<T> isMessage, TimeSpan? max = null, string? hint = null, CancellationToken cancellationToken = default) =>
        FishForMessageAsync(isMessage, null, max, hint, cancellationToken);

    public async ValueTask<T> FishForMessageAsync<T>(
        Predicate<T> isMessage,
        ArrayList? allMessages,
        TimeSpan? max = null,
        string? hint = null,
        CancellationToken cancellationToken = default)
    {
        var catches = allMessages ?? [];
        var time = RemainingOrDilated(max);
        var end = Now + time;
        while (true)
        {
            var (received, envelope) = await TakeAsync(TimeLeft(end), cancellationToken);
            if (IsFish(isMessage, received, envelope, catches, time, hint, out var fish))
            {
                return fish;
            }
        }
    }

    /// <summary>Receives for the given time, and expects that no message is exactly of type <typeparamref name="T"/>.</summary>
    public async Task FishUntilMessageAsync<T>(TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        var time = RemainingOrDilated(max);
        var end = Now + time;
        while (await TakeAsync(TimeLeft(end), cancellationToken) is (true, var envelope))
        {
            if (envelope.Message.GetType() == typeof(T))
            {
                throw Failure($"Failed: Expected no message of type {typeof(T)} during {time}, but received {envelope}.");
            }
        }
    }

    /// <summary>Receives until no message has come for <paramref name="max"/>.</summary>
    /// <param name="maxMessages">Fails when more messages than this come before the silence; null: any number may.</param>
    /// <returns>What was received before the silence.</returns>
    public async Task<ArrayList> WaitForRadioSilenceAsync(
        TimeSpan? max = null, uint? maxMessages = null, CancellationToken cancellationToken = default)
    {
        var silence = RemainingOrDilated(max);
        var received = new ArrayList();
        while (await TakeAsync(silence, cancellationToken) is (true, var envelope))
        {
            received.Add(envelope.Message);
            if (received.Count > maxMessages)
            {
                throw Failure($"Failed: Expected silence for {silence} after at most {maxMessages} messages, but {received.Count} came, the last {envelope}.");
            }
        }

        return received;
    }

    private bool IsFish<T>(
        Predicate<T> isMessage,
        bool received,
        MessageEnvelope envelope,
        ArrayList catches,
        TimeSpan time,
        string? hint,
        out T fish)
    {
        if (!received)
        {
            throw Failure(
                $"Failed: Timeout {time} during {nameof(FishForMessage)} for a message of type {typeof(T)}, after {catches.Count} others: "
                + $"[{string.Join(", ", catches.Cast<object>().Select(Describe))}].{Hint(hint)}");
        }

        catches.Add(envelope.Message);
        if (envelope.Message is T candidate && isMessage(candidate))
        {
            fish = candidate;
            return true;
        }

        fish = default!;
        return false;
    }
}

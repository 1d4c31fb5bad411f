using System.Runtime.CompilerServices;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>
    /// Receives as long as the filter returns something. Ends at the first message it returns null for (which stays in
    /// the queue), after <paramref name="max"/>, after <paramref name="idle"/> without a message, or after
    /// <paramref name="msgs"/> messages.
    /// </summary>
    public IReadOnlyList<T> ReceiveWhile<T>(
        TimeSpan? max, Func<object, T?> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default)
        where T : class =>
        ReceiveWhile(filter, max, null, msgs, cancellationToken);

    public IReadOnlyList<T> ReceiveWhile<T>(
        TimeSpan? max, TimeSpan? idle, Func<object, T?> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default)
        where T : class =>
        ReceiveWhile(filter, max, idle, msgs, cancellationToken);

    public IReadOnlyList<T> ReceiveWhile<T>(
        Func<object, T?> filter,
        TimeSpan? max = null,
        TimeSpan? idle = null,
        int msgs = int.MaxValue,
        CancellationToken cancellationToken = default)
        where T : class =>
        ReceiveSeries(Accept(filter), max, idle, msgs, cancellationToken);

    /// <param name="shouldIgnoreOtherMessageTypes">Whether other types are dropped, or end the series.</param>
    public IReadOnlyList<T> ReceiveWhile<T>(
        Predicate<T> shouldContinue,
        TimeSpan? max = null,
        TimeSpan? idle = null,
        int msgs = int.MaxValue,
        bool shouldIgnoreOtherMessageTypes = true,
        CancellationToken cancellationToken = default)
        where T : class =>
        ReceiveSeries(Accept(shouldContinue, shouldIgnoreOtherMessageTypes), max, idle, msgs, cancellationToken);

    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(
        TimeSpan? max, Func<object, T?> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default)
        where T : class =>
        ReceiveWhileAsync(filter, max, null, msgs, cancellationToken);

    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(
        TimeSpan? max, TimeSpan? idle, Func<object, T?> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default)
        where T : class =>
        ReceiveWhileAsync(filter, max, idle, msgs, cancellationToken);

    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(
        Func<object, T?> filter,
        TimeSpan? max = null,
        TimeSpan? idle = null,
        int msgs = int.MaxValue,
        CancellationToken cancellationToken = default)
        where T : class =>
        ReceiveSeriesAsync(Accept(filter), max, idle, msgs, cancellationToken);

    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(
        Predicate<T> shouldContinue,
        TimeSpan? max = null,
        TimeSpan? idle = null,
        int msgs = int.MaxValue,
        bool shouldIgnoreOtherMessageTypes = true,
        CancellationToken cancellationToken = default)
        where T : class =>
        ReceiveSeriesAsync(Accept(shouldContinue, shouldIgnoreOtherMessageTypes), max, idle, msgs, cancellationToken);

    private enum Step
    {
        Accept,
        Skip,
        End,
    }

    private static Func<object, (Step, T?)> Accept<T>(Func<object, T?> filter)
        where T : class =>
        message => filter(message) is { } result ? (Step.Accept, result) : (Step.End, null);

    private static Func<object, (Step, T?)> Accept<T>(Predicate<T> shouldContinue, bool ignoreOthers)
        where T : class =>
        message => message is T typed
            ? shouldContinue(typed) ? (Step.Accept, typed) : (Step.End, null)
            : (ignoreOthers ? Step.Skip : Step.End, null);

    private List<T> ReceiveSeries<T>(Func<object, (Step, T?)> next, TimeSpan? max, TimeSpan? idle, int msgs, CancellationToken token)
        where T : class
    {
        var accepted = new List<T>();
        var last = _last;
        var end = Now + RemainingOrDilated(max);
        while (accepted.Count < msgs && TryPeekOne(out var envelope, SeriesWait(end, idle), token))
        {
            var (step, result) = next(envelope.Message);
            if (step == Step.End)
            {
                break;
            }

            Take(TimeSpan.Zero, token, out last);
            if (step == Step.Accept)
            {
                accepted.Add(result!);
            }
        }

        _last = last;
        _lastWasNoMessage = true;
        return accepted;
    }

    private async IAsyncEnumerable<T> ReceiveSeriesAsync<T>(
        Func<object, (Step, T?)> next,
        TimeSpan? max,
        TimeSpan? idle,
        int msgs,
        [EnumeratorCancellation] CancellationToken token)
        where T : class
    {
        var end = Now + RemainingOrDilated(max);
        for (var accepted = 0; accepted < msgs;)
        {
            var (found, envelope) = await TryPeekOneAsync(SeriesWait(end, idle), token);
            if (!found)
            {
                break;
            }

            var (step, result) = next(envelope.Message);
            if (step == Step.End)
            {
                break;
            }

            Take(TimeSpan.Zero, token, out _);
            if (step == Step.Accept)
            {
                accepted++;
                yield return result!;
            }
        }

        _lastWasNoMessage = true;
    }

    private static TimeSpan SeriesWait(TimeSpan end, TimeSpan? idle) =>
        Internal.TimeSpanExtensions.Min(TimeLeft(end), idle);
}

using System.Runtime.CompilerServices;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>Expects a message equal to one of these.</summary>
    public T ExpectMsgAnyOf<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default)
    {
        var max = RemainingOrDefault;
        var received = Take(max, cancellationToken, out var envelope);
        return CheckAnyOf(messages, max, received, envelope);
    }

    public async ValueTask<T> ExpectMsgAnyOfAsync<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default)
    {
        var max = RemainingOrDefault;
        var (received, envelope) = await TakeAsync(max, cancellationToken);
        return CheckAnyOf(messages, max, received, envelope);
    }

    /// <summary>Expects as many messages as are given, equal to them, in any order.</summary>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(params T[] messages) =>
        ExpectMsgAllOf((IReadOnlyCollection<T>)messages);

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        CheckAllOf(messages, ReceiveAll(messages.Count, RemainingOrDefault, cancellationToken));

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, params T[] messages) =>
        ExpectMsgAllOf(max, (IReadOnlyCollection<T>)messages);

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(
        TimeSpan max, IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        CheckAllOf(messages, ReceiveAll(messages.Count, RemainingOrDilated(max), cancellationToken));

    public IAsyncEnumerable<T> ExpectMsgAllOfAsync<T>(
        IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        AllOfAsync(messages, RemainingOrDefault, cancellationToken);

    public IAsyncEnumerable<T> ExpectMsgAllOfAsync<T>(
        TimeSpan max, IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        AllOfAsync(messages, RemainingOrDilated(max), cancellationToken);

    /// <summary>Expects as many messages as there are predicates; each predicate must match one, and each message one.</summary>
    public IReadOnlyCollection<object> ExpectMsgAllOfMatchingPredicates(params PredicateInfo[] predicates) =>
        ExpectMsgAllOfMatchingPredicates(predicates, CancellationToken.None);

    public IReadOnlyCollection<object> ExpectMsgAllOfMatchingPredicates(TimeSpan max, params PredicateInfo[] predicates) =>
        ExpectMsgAllOfMatchingPredicates(max, predicates, CancellationToken.None);

    public IReadOnlyCollection<object> ExpectMsgAllOfMatchingPredicates(
        IReadOnlyCollection<PredicateInfo> predicates, CancellationToken cancellationToken) =>
        CheckPredicates(predicates, ReceiveAll(predicates.Count, RemainingOrDefault, cancellationToken));

    public IReadOnlyCollection<object> ExpectMsgAllOfMatchingPredicates(
        TimeSpan max, IReadOnlyCollection<PredicateInfo> predicates, CancellationToken cancellationToken) =>
        CheckPredicates(predicates, ReceiveAll(predicates.Count, RemainingOrDilated(max), cancellationToken));

    public IAsyncEnumerable<object> ExpectMsgAllOfMatchingPredicatesAsync(
        IReadOnlyCollection<PredicateInfo> predicates, CancellationToken cancellationToken = default) =>
        PredicatesAsync(predicates, RemainingOrDefault, cancellationToken);

    public IAsyncEnumerable<object> ExpectMsgAllOfMatchingPredicatesAsync(
        TimeSpan max, IReadOnlyCollection<PredicateInfo> predicates, CancellationToken cancellationToken = default) =>
        PredicatesAsync(predicates, RemainingOrDilated(max), cancellationToken);

    private T CheckAnyOf<T>(IEnumerable<T> messages, TimeSpan max, bool received, MessageEnvelope envelope)
    {
        var expected = string.Join(", ", messages.Select(m => Describe(m)));
        if (!received)
        {
            throw Failure($"Failed: Timeout {max} during {nameof(ExpectMsgAnyOf)} waiting for any of [{expected}].");
        }

        return envelope.Message is T message && messages.Contains(message)
            ? message
            : throw Failure($"Failed: Expected any of [{expected}], but received {envelope}.");
    }

    private List<T> CheckAllOf<T>(IReadOnlyCollection<T> expected, List<object> received)
    {
        var unexpected = new List<object>(received);
        var missing = expected.Where(e => !unexpected.Remove(e!)).ToList();
        if (missing.Count > 0 || unexpected.Count > 0)
        {
            throw Failure(
                $"Failed: Not found [{string.Join(", ", missing.Select(m => Describe(m)))}], "
                + $"found unexpected [{string.Join(", ", unexpected.Select(Describe))}].");
        }

        return [.. received.Cast<T>()];
    }

    private List<object> CheckPredicates(IReadOnlyCollection<PredicateInfo> predicates, List<object> received)
    {
        var unmatched = predicates.Where(p => !received.Exists(p.Matches)).ToList();
        var unexpected = received.Where(m => !predicates.Any(p => p.Matches(m))).ToList();
        if (unmatched.Count > 0 || unexpected.Count > 0)
        {
            throw Failure(
                $"Failed: No message matches [{string.Join(", ", unmatched)}], "
                + $"found unexpected [{string.Join(", ", unexpected.Select(Describe))}].");
        }

        return received;
    }

    private async IAsyncEnumerable<T> AllOfAsync<T>(
        IReadOnlyCollection<T> messages, TimeSpan max, [EnumeratorCancellation] CancellationToken token)
    {
        foreach (var message in CheckAllOf(messages, await ReceiveAllAsync(messages.Count, max, token)))
        {
            yield return message;
        }
    }

    private async IAsyncEnumerable<object> PredicatesAsync(
        IReadOnlyCollection<PredicateInfo> predicates, TimeSpan max, [EnumeratorCancellation] CancellationToken token)
    {
        foreach (var message in CheckPredicates(predicates, await ReceiveAllAsync(predicates.Count, max, token)))
        {
            yield return message;
        }
    }
}

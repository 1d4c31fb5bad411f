using Akka.Actor;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>Expects that the next message is of type <typeparamref name="T"/>.</summary>
    /// <param name="duration">How long to wait, dilated; null: what remains of the Within block, or the default.</param>
    public T ExpectMsg<T>(TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(duration, null, hint, cancellationToken);

    /// <summary>Expects a message equal to <paramref name="message"/>.</summary>
    public T ExpectMsg<T>(T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect(timeout, MustEqual(message, hint), hint, cancellationToken);

    public T ExpectMsg<T>(
        Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect(timeout, MustMatch(isMessage, hint), hint, cancellationToken);

    /// <param name="assert">Throws if the message is not the expected one.</param>
    public T ExpectMsg<T>(
        Action<T> assert, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(timeout, (message, _) => assert(message), hint, cancellationToken);

    public T ExpectMsg<T>(
        Func<T, IActorRef, bool> isMessageAndSender,
        TimeSpan? timeout = null,
        string? hint = null,
        CancellationToken cancellationToken = default) =>
        Expect(timeout, MustMatch(isMessageAndSender, hint), hint, cancellationToken);

    public T ExpectMsg<T>(
        Action<T, IActorRef> assertMessageAndSender,
        TimeSpan? timeout = null,
        string? hint = null,
        CancellationToken cancellationToken = default) =>
        Expect(timeout, assertMessageAndSender, hint, cancellationToken);

    public T ExpectMsg<T>(
        T expected,
        Func<T, T, bool> comparer,
        TimeSpan? timeout = null,
        string? hint = null,
        CancellationToken cancellationToken = default) =>
        Expect(timeout, MustEqual(expected, comparer, hint), hint, cancellationToken);

    public ValueTask<T> ExpectMsgAsync<T>(
        TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>(duration, null, hint, cancellationToken);

    public ValueTask<T> ExpectMsgAsync<T>(
        T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync(timeout, MustEqual(message, hint), hint, cancellationToken);

    public ValueTask<T> ExpectMsgAsync<T>(
        Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync(timeout, MustMatch(isMessage, hint), hint, cancellationToken);

    public ValueTask<T> ExpectMsgAsync<T>(
        Action<T> assert, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>(timeout, (message, _) => assert(message), hint, cancellationToken);

    public ValueTask<T> ExpectMsgAsync<T>(
        Func<T, IActorRef, bool> isMessageAndSender,
        TimeSpan? timeout = null,
        string? hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectAsync(timeout, MustMatch(isMessageAndSender, hint), hint, cancellationToken);

    public ValueTask<T> ExpectMsgAsync<T>(
        Action<T, IActorRef> assertMessageAndSender,
        TimeSpan? timeout = null,
        string? hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectAsync(timeout, assertMessageAndSender, hint, cancellationToken);

    public ValueTask<T> ExpectMsgAsync<T>(
        T expected,
        Func<T, T, bool> comparer,
        TimeSpan? timeout = null,
        string? hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectAsync(timeout, MustEqual(expected, comparer, hint), hint, cancellationToken);

    private T Expect<T>(TimeSpan? timeout, Action<T, IActorRef>? check, string? hint, CancellationToken token)
    {
        var max = RemainingOrDilated(timeout);
        var received = Take(max, token, out var envelope);
        return Check(received, envelope, max, check, hint);
    }

    private async ValueTask<T> ExpectAsync<T>(TimeSpan? timeout, Action<T, IActorRef>? check, string? hint, CancellationToken token)
    {
        var max = RemainingOrDilated(timeout);
        var (received, envelope) = await TakeAsync(max, token);
        return Check(received, envelope, max, check, hint);
    }

    private T Check<T>(bool received, MessageEnvelope envelope, TimeSpan waited, Action<T, IActorRef>? check, string? hint)
    {
        if (!received)
        {
            throw Failure($"Failed: Timeout {waited} while waiting for a message of type {typeof(T)}.{Hint(hint)}");
        }

        if (envelope.Message is not T message)
        {
            throw Failure(
                $"Failed: Expected a message of type {typeof(T)}, but received {Describe(envelope.Message)} instead, "
                + $"from {envelope.Sender?.ToString() ?? "NoSender"}.{Hint(hint)}");
        }

        check?.Invoke(message, envelope.Sender);
        return message;
    }

    private Action<T, IActorRef> MustEqual<T>(T expected, string? hint) => (actual, _) =>
        _assertions.AssertEqual(expected, actual, "{0}", $"Failed: Expected {Describe(expected)}, got {Describe(actual)}.{Hint(hint)}");

    private Action<T, IActorRef> MustEqual<T>(T expected, Func<T, T, bool> comparer, string? hint) => (actual, _) =>
        _assertions.AssertEqual(
            expected, actual, comparer, "{0}", $"Failed: Expected {Describe(expected)}, got {Describe(actual)}.{Hint(hint)}");

    private Action<T, IActorRef> MustMatch<T>(Predicate<T> isMessage, string? hint) => (message, _) =>
        _assertions.AssertTrue(isMessage(message), "{0}", $"Failed: Got a message of the expected type {typeof(T)}, but it does not match the predicate: {Describe(message)}.{Hint(hint)}");

    private Action<T, IActorRef> MustMatch<T>(Func<T, IActorRef, bool> isMessageAndSender, string? hint) => (message, sender) =>
        _assertions.AssertTrue(
            isMessageAndSender(message, sender),
            "{0}",
            $"Failed: Got a message of the expected type {typeof(T)}, but it and its sender do not match the predicate: {Describe(message)} from {sender?.ToString() ?? "NoSender"}.{Hint(hint)}");
}

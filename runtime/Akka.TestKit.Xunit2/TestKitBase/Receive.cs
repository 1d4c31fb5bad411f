using System.Diagnostics.CodeAnalysis;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>The next message, or null if none came within <paramref name="max"/>; zero does not wait.</summary>
    public object? ReceiveOne(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        TryReceiveOne(out var envelope, max, cancellationToken) ? envelope.Message : null;

    public async ValueTask<object?> ReceiveOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        var (success, envelope) = await TryReceiveOneAsync(max, cancellationToken);
        return success ? envelope.Message : null;
    }

    /// <summary>Takes the next message and its sender.</summary>
    /// <param name="max">Null: what remains of the Within block, or the default; negative: for ever; zero: does not wait.</param>
    public bool TryReceiveOne(
        out MessageEnvelope envelope, TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        Take(max ?? RemainingOrDefault, cancellationToken, out envelope);

    public ValueTask<(bool success, MessageEnvelope envelope)> TryReceiveOneAsync(
        TimeSpan? max, CancellationToken cancellationToken = default) =>
        TakeAsync(max ?? RemainingOrDefault, cancellationToken);

    /// <summary>The next message, which stays in the queue, or null if none came.</summary>
    public object? PeekOne(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        TryPeekOne(out var envelope, max, cancellationToken) ? envelope.Message : null;

    public object? PeekOne(CancellationToken cancellationToken) => PeekOne(null, cancellationToken);

    public async ValueTask<object?> PeekOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        var (success, envelope) = await TryPeekOneAsync(max, cancellationToken);
        return success ? envelope.Message : null;
    }

    public ValueTask<object?> PeekOneAsync(CancellationToken cancellationToken) => PeekOneAsync(null, cancellationToken);

    /// <summary>Shows the next message and its sender, and leaves them in the queue.</summary>
    public bool TryPeekOne(out MessageEnvelope envelope, TimeSpan? max, CancellationToken cancellationToken)
    {
        var found = _queue.TryPeek(max ?? RemainingOrDefault, cancellationToken, out var peeked);
        envelope = peeked ?? NullMessageEnvelope.Instance;
        return found;
    }

    public async ValueTask<(bool success, MessageEnvelope envelope)> TryPeekOneAsync(
        TimeSpan? max, CancellationToken cancellationToken)
    {
        var peeked = await _queue.TryPeekAsync(max ?? RemainingOrDefault, cancellationToken);
        return (peeked is not null, peeked ?? NullMessageEnvelope.Instance);
    }

    private bool Take(TimeSpan max, CancellationToken token, out MessageEnvelope envelope)
    {
        _queue.TryTake(max, token, out var taken);
        envelope = taken ?? NullMessageEnvelope.Instance;
        return Taken(taken, max);
    }

    private async ValueTask<(bool, MessageEnvelope)> TakeAsync(TimeSpan max, CancellationToken token)
    {
        var taken = await _queue.TryTakeAsync(max, token);
        return (Taken(taken, max), taken ?? NullMessageEnvelope.Instance);
    }

    private bool Taken([NotNullWhen(true)] MessageEnvelope? envelope, TimeSpan max)
    {
        _last = envelope ?? NullMessageEnvelope.Instance;
        _lastWasNoMessage = envelope is null;
        if (_settings.LogTestKitCalls)
        {
            if (envelope is null)
            {
                _log.Log(Event.LogLevel.DebugLevel, null!, $"Received no message within {max}");
            }
            else
            {
                _log.Log(Event.LogLevel.DebugLevel, null!, $"Received {envelope}");
            }
        }

        return envelope is not null;
    }
}

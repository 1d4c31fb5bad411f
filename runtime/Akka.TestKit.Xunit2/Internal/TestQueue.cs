using System.Diagnostics.CodeAnalysis;

namespace Akka.TestKit.Internal;

/// <summary>What a test actor received and no expectation has taken yet. Any number of threads on both sides.</summary>
internal sealed class TestQueue
{
    private readonly Queue<MessageEnvelope> _messages = new();

    // One permit for each message, so whoever holds a permit finds a message.
    private readonly SemaphoreSlim _permits = new(0);

    public bool HasMessages
    {
        get
        {
            lock (_messages)
            {
                return _messages.Count > 0;
            }
        }
    }

    public void Add(MessageEnvelope envelope)
    {
        lock (_messages)
        {
            _messages.Enqueue(envelope);
        }

        _permits.Release();
    }

    /// <param name="max">How long to wait; negative: for ever.</param>
    public bool TryTake(TimeSpan max, CancellationToken token, [NotNullWhen(true)] out MessageEnvelope? envelope)
    {
        envelope = Wait(max, token) ? Take() : null;
        return envelope is not null;
    }

    public async ValueTask<MessageEnvelope?> TryTakeAsync(TimeSpan max, CancellationToken token) =>
        await WaitAsync(max, token) ? Take() : null;

    public bool TryPeek(TimeSpan max, CancellationToken token, [NotNullWhen(true)] out MessageEnvelope? envelope)
    {
        envelope = Wait(max, token) ? Peek() : null;
        return envelope is not null;
    }

    public async ValueTask<MessageEnvelope?> TryPeekAsync(TimeSpan max, CancellationToken token) =>
        await WaitAsync(max, token) ? Peek() : null;

    // The timeouts of a semaphore are whole milliseconds on a coarse clock; they may be over before the time is.
    private bool Wait(TimeSpan max, CancellationToken token)
    {
        var end = TestKitBase.Now + max;
        while (!_permits.Wait(Milliseconds(max), token))
        {
            if ((max = end - TestKitBase.Now) <= TimeSpan.Zero)
            {
                return false;
            }
        }

        return true;
    }

    private async ValueTask<bool> WaitAsync(TimeSpan max, CancellationToken token)
    {
        var end = TestKitBase.Now + max;
        while (!await _permits.WaitAsync(Milliseconds(max), token))
        {
            if ((max = end - TestKitBase.Now) <= TimeSpan.Zero)
            {
                return false;
            }
        }

        return true;
    }

    private static int Milliseconds(TimeSpan max) => max < TimeSpan.Zero ? Timeout.Infinite : (int)Math.Ceiling(max.TotalMilliseconds);

    private MessageEnvelope Take()
    {
        lock (_messages)
        {
            return _messages.Dequeue();
        }
    }

    private MessageEnvelope Peek()
    {
        MessageEnvelope envelope;
        lock (_messages)
        {
            envelope = _messages.Peek();
        }

        _permits.Release();
        return envelope;
    }
}

using Akka.TestKit.Internal;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    private TimeSpan? _end;

    // Where the last wait of a Within block ended because nothing came, the block used its time up as it should.
    private bool _lastWasNoMessage;

    /// <summary>What remains of the Within block.</summary>
    /// <exception cref="InvalidOperationException">Outside of one.</exception>
    public TimeSpan Remaining =>
        _end is { } end
            ? TimeLeft(end)
            : throw new InvalidOperationException("Remaining may not be called outside of Within.");

    /// <summary>What remains of the Within block, or outside of one <c>akka.test.single-expect-default</c>.</summary>
    public TimeSpan RemainingOrDefault => RemainingOr(Dilated(_settings.SingleExpectDefault));

    protected TimeSpan RemainingOr(TimeSpan duration) => _end is { } end ? TimeLeft(end) : duration;

    /// <summary>The given time, dilated; without one, <see cref="RemainingOrDefault"/>.</summary>
    public TimeSpan RemainingOrDilated(TimeSpan? duration)
    {
        if (duration is not { } given)
        {
            return RemainingOrDefault;
        }

        if (given.IsInfinite())
        {
            throw new ArgumentException($"The duration cannot be infinite or negative, but is {given}.", nameof(duration));
        }

        return Dilated(given);
    }

    /// <summary>The given time as it is; without one, <see cref="RemainingOrDefault"/>.</summary>
    public TimeSpan GetTimeoutOrDefault(TimeSpan? timeout) => timeout ?? RemainingOrDefault;

    /// <summary>
    /// Runs a block that has to end within <paramref name="max"/>. Waits in it that name no time of their own share it.
    /// </summary>
    public void Within(TimeSpan max, Action action, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, action, null, epsilonValue, cancellationToken);

    public void Within(
        TimeSpan min,
        TimeSpan max,
        Action action,
        string? hint = null,
        TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default) =>
        Within<object?>(
            min,
            max,
            () =>
            {
                action();
                return null;
            },
            hint,
            epsilonValue,
            cancellationToken);

    public T Within<T>(TimeSpan max, Func<T> function, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    /// <param name="min">The block must take at least this long.</param>
    /// <param name="max">Dilated; a block inside another one gets at most what remains of the outer one.</param>
    /// <param name="epsilonValue">By how much the block may take longer.</param>
    public T Within<T>(
        TimeSpan min,
        TimeSpan max,
        Func<T> function,
        string? hint = null,
        TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var block = Enter(min, max, hint);
        T result;
        try
        {
            result = function();
        }
        finally
        {
            _end = block.OuterEnd;
        }

        Leave(block, epsilonValue);
        return result;
    }

    public Task WithinAsync(
        TimeSpan max, Func<Task> actionAsync, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinAsync(TimeSpan.Zero, max, actionAsync, null, epsilonValue, cancellationToken);

    public Task WithinAsync(
        TimeSpan min,
        TimeSpan max,
        Func<Task> actionAsync,
        string? hint = null,
        TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default) =>
        WithinAsync<object?>(
            min,
            max,
            async () =>
            {
                await actionAsync();
                return null;
            },
            hint,
            epsilonValue,
            cancellationToken);

    public Task<T> WithinAsync<T>(
        TimeSpan max, Func<Task<T>> function, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinAsync(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    public async Task<T> WithinAsync<T>(
        TimeSpan min,
        TimeSpan max,
        Func<Task<T>> function,
        string? hint = null,
        TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var block = Enter(min, max, hint);
        T result;
        try
        {
            // Nobody else ends a block that hangs: its own waits are bounded, a foreign task in it may not be.
            result = await function().WaitAsync(block.Max + (epsilonValue ?? TimeSpan.Zero) + HangLeeway, cancellationToken);
        }
        catch (TimeoutException) when (Now - block.Start > block.Max + (epsilonValue ?? TimeSpan.Zero))
        {
            throw Failure(TookTooLong(block, Now - block.Start));
        }
        finally
        {
            _end = block.OuterEnd;
        }

        Leave(block, epsilonValue);
        return result;
    }

    private static readonly TimeSpan HangLeeway = TimeSpan.FromSeconds(1);

    private static TimeSpan TimeLeft(TimeSpan end)
    {
        var left = end - Now;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private WithinBlock Enter(TimeSpan min, TimeSpan max, string? hint)
    {
        min.EnsureIsPositiveFiniteOrZero(nameof(min));
        max.EnsureIsPositiveFiniteOrZero(nameof(max));
        var start = Now;
        var dilated = Dilated(max);
        var left = _end is { } outer ? TimeLeft(outer) : dilated;
        if (left < min)
        {
            throw Failure($"Failed: Required min time {min} not possible, only {left} left.{Hint(hint)}");
        }

        var block = new WithinBlock(start, min, dilated < left ? dilated : left, _end, hint);
        _lastWasNoMessage = false;
        _end = start + block.Max;
        return block;
    }

    private void Leave(WithinBlock block, TimeSpan? epsilon)
    {
        var elapsed = Now - block.Start;
        if (elapsed < block.Min)
        {
            throw Failure($"Failed: Block took {elapsed}, should have at least been {block.Min}.{Hint(block.Hint)}");
        }

        if (!_lastWasNoMessage && elapsed > block.Max + (epsilon ?? TimeSpan.Zero))
        {
            throw Failure(TookTooLong(block, elapsed));
        }
    }

    private static string TookTooLong(WithinBlock block, TimeSpan elapsed) =>
        $"Failed: Block took {elapsed}, exceeding {block.Max}.{Hint(block.Hint)}";

    private sealed record WithinBlock(TimeSpan Start, TimeSpan Min, TimeSpan Max, TimeSpan? OuterEnd, string? Hint);
}

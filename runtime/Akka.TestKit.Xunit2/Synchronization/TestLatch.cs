using Akka.TestKit.Internal;

namespace Akka.TestKit;

/// <summary>Holds a test until a number of events have happened. Thread-safe.</summary>
public class TestLatch
{
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);

    private readonly CountdownEvent _latch;
    private readonly Func<TimeSpan, TimeSpan> _dilate;
    private readonly TimeSpan _defaultTimeout;

    public TestLatch()
        : this(1)
    {
    }

    public TestLatch(int count)
        : this(count, DefaultTimeout)
    {
    }

    /// <param name="count">How many events it takes to open the latch.</param>
    public TestLatch(int count, TimeSpan defaultTimeout)
        : this(time => time, defaultTimeout, count)
    {
    }

    // The order of the parameters keeps the two constructors with a count apart.
    protected internal TestLatch(Func<TimeSpan, TimeSpan> dilate, TimeSpan defaultTimeout, int count)
    {
        defaultTimeout.EnsureIsPositiveFinite(nameof(defaultTimeout));
        _latch = new CountdownEvent(count);
        _dilate = dilate;
        _defaultTimeout = defaultTimeout;
    }

    public bool IsOpen => _latch.IsSet;

    public void CountDown() => _latch.Signal();

    /// <summary>Opens the latch, whatever the count.</summary>
    public void Open()
    {
        while (!_latch.IsSet)
        {
            CountDown();
        }
    }

    public void Reset() => _latch.Reset();

    /// <summary>Waits until the latch is open.</summary>
    /// <exception cref="TimeoutException">It did not open in time.</exception>
    public void Ready(TimeSpan timeout)
    {
        timeout.EnsureIsPositiveFinite(nameof(timeout));
        var dilated = _dilate(timeout);
        if (!_latch.Wait(dilated))
        {
            throw new TimeoutException(
                $"Timeout of {dilated} while waiting for a latch: {_latch.CurrentCount} of {_latch.InitialCount} events are missing.");
        }
    }

    public void Ready() => Ready(_defaultTimeout);
}

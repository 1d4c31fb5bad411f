namespace Akka.TestKit;

/// <summary>Holds a number of threads until all of them have come. Thread-safe.</summary>
public class TestBarrier
{
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);

    private readonly TestKitBase _testKit;
    private readonly int _count;
    private readonly TimeSpan _defaultTimeout;
    private volatile Barrier _barrier;

    public TestBarrier(TestKitBase testKit, int count, TimeSpan? defaultTimeout = null)
    {
        _testKit = testKit;
        _count = count;
        _defaultTimeout = defaultTimeout ?? testKit.TestKitSettings.DefaultTimeout;
        _barrier = new Barrier(count);
    }

    public void Await() => Await(_defaultTimeout);

    /// <exception cref="TimeoutException">Not all came in time.</exception>
    public void Await(TimeSpan timeout)
    {
        var dilated = _testKit.Dilated(timeout);
        var barrier = _barrier;
        if (!barrier.SignalAndWait(dilated))
        {
            throw new TimeoutException(
                $"Timeout of {dilated} while waiting at a barrier: {barrier.ParticipantsRemaining} of {_count} did not come.");
        }
    }

    public void Reset() => _barrier = new Barrier(_count);
}

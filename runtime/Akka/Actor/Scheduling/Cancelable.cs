namespace Akka.Actor;

/// <summary>Ends scheduled work, or anything else that looks at it.</summary>
public interface ICancelable
{
    bool IsCancellationRequested { get; }

    CancellationToken Token { get; }

    void Cancel();

    void CancelAfter(TimeSpan delay);

    void CancelAfter(int millisecondsDelay);

    void Cancel(bool throwOnFirstException);
}

public class Cancelable : ICancelable, IDisposable
{
    private readonly IActionScheduler _scheduler;
    private readonly CancellationTokenSource _source;
    private volatile bool _disposed;

    public Cancelable(IScheduler scheduler)
        : this(scheduler.Advanced, new CancellationTokenSource())
    {
    }

    public Cancelable(IScheduler scheduler, TimeSpan delay)
        : this(scheduler) => CancelAfter(delay);

    public Cancelable(IScheduler scheduler, int millisecondsDelay)
        : this(scheduler) => CancelAfter(millisecondsDelay);

    public Cancelable(IActionScheduler scheduler)
        : this(scheduler, new CancellationTokenSource())
    {
    }

    public Cancelable(IActionScheduler scheduler, TimeSpan delay)
        : this(scheduler) => CancelAfter(delay);

    private Cancelable(IActionScheduler scheduler, CancellationTokenSource source)
    {
        _scheduler = scheduler;
        _source = source;
    }

    public bool IsCancellationRequested => _source.IsCancellationRequested;

    public CancellationToken Token => _source.Token;

    public bool IsDisposed => _disposed;

    public static ICancelable CreateCanceled()
    {
        var source = new CancellationTokenSource();
        source.Cancel();
        return new Cancelable(null!, source);
    }

    /// <summary>Is cancelled when one of the others is.</summary>
    public static ICancelable CreateLinkedCancelable(IScheduler scheduler, params ICancelable[] cancelables) =>
        CreateLinkedCancelable(scheduler.Advanced, cancelables);

    public static ICancelable CreateLinkedCancelable(IScheduler scheduler, params CancellationToken[] cancellationTokens) =>
        CreateLinkedCancelable(scheduler.Advanced, cancellationTokens);

    public static ICancelable CreateLinkedCancelable(IActionScheduler scheduler, params ICancelable[] cancelables) =>
        CreateLinkedCancelable(scheduler, Array.ConvertAll(cancelables, static cancelable => cancelable.Token));

    public static ICancelable CreateLinkedCancelable(IActionScheduler scheduler, params CancellationToken[] cancellationTokens) =>
        new Cancelable(scheduler, CancellationTokenSource.CreateLinkedTokenSource(cancellationTokens));

    public void Cancel() => Cancel(false);

    public void Cancel(bool throwOnFirstException)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _source.Cancel(throwOnFirstException);
    }

    public void CancelAfter(TimeSpan delay)
    {
        if (delay < TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(delay), $"The delay must be >0, it was: {delay}");
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_source.IsCancellationRequested)
            return;
        _scheduler.ScheduleOnce(delay, CancelUnlessDisposed, this);
    }

    public void CancelAfter(int millisecondsDelay) => CancelAfter(TimeSpan.FromMilliseconds(millisecondsDelay));

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (_disposed || !disposing)
            return;
        _disposed = true;
        _source.Dispose();
    }

    private void CancelUnlessDisposed()
    {
        if (!_disposed)
            _source.Cancel();
    }
}

public static class CancelableExtensions
{
    public static void CancelIfNotNull(this ICancelable? cancelable) => cancelable?.Cancel();
}

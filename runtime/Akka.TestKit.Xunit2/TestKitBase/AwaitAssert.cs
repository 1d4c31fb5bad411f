namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>
    /// Repeats the assertion until it does not throw. After the time is over, throws what the last attempt threw.
    /// </summary>
    /// <param name="duration">Dilated; null: what remains of the Within block, or the default.</param>
    /// <param name="interval">How long to wait between two attempts; by default 100 ms.</param>
    public void AwaitAssert(
        Action assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default)
    {
        var pause = Attempts(interval);
        var end = Now + RemainingOrDilated(duration);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                assertion();
                return;
            }
            catch (Exception) when (Now + pause < end)
            {
                // Another attempt follows; the last one is not caught.
            }

            Pause(pause, cancellationToken);
        }
    }

    public Task AwaitAssertAsync(
        Action assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        AwaitAssertAsync(
            () =>
            {
                assertion();
                return Task.CompletedTask;
            },
            duration,
            interval,
            cancellationToken);

    public async Task AwaitAssertAsync(
        Func<Task> assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default)
    {
        var pause = Attempts(interval);
        var end = Now + RemainingOrDilated(duration);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                await assertion();
                return;
            }
            catch (Exception) when (Now + pause < end)
            {
                // Another attempt follows; the last one is not caught.
            }

            await Task.Delay(pause, cancellationToken);
        }
    }

    private static TimeSpan Attempts(TimeSpan? interval)
    {
        var pause = interval ?? DefaultInterval;
        return pause >= TimeSpan.Zero
            ? pause
            : throw new ArgumentException($"The interval must not be negative or infinite, but is {pause}.", nameof(interval));
    }
}

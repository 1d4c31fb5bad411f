namespace Actors.Zmtp.Io;

/// <summary>Work that one of the other threads leaves to the I/O thread; scheduled as often as one likes, run once.</summary>
internal abstract class ReactorWork : IFaultHandler
{
    internal ReactorWork? NextScheduled;
    private int _scheduled;

    /// <summary>Runs on the I/O thread.</summary>
    public abstract void Run();

    /// <inheritdoc/>
    public abstract void OnFault(Exception fault);

    internal bool TrySchedule() => Interlocked.Exchange(ref _scheduled, 1) == 0;

    internal void BeginRun()
    {
        Interlocked.Exchange(ref _scheduled, 0);
        Run();
    }
}

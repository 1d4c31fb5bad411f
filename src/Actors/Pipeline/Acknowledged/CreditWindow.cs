namespace Actors;

/// <summary>
/// The credit that a receiving end grants a peer: as many tasks as are done in one to four seconds. So quick work
/// never waits for tasks, and slow work leaves them to other workers.
/// </summary>
/// <param name="workers">The tasks in work at a time.</param>
/// <param name="most">The window never grows beyond this.</param>
/// <param name="since">When the work began.</param>
internal sealed class CreditWindow(int workers, int most, TimeSpan since)
{
    private const int Initial = 16;

    // One task on its way for each task in work.
    private readonly int _least = Math.Min(most, 2 * workers);

    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(4);

    private TimeSpan _since = since;
    private int _done;

    public int Size { get; private set; } = Math.Min(most, Math.Max(Initial, 2 * workers));

    /// <summary>Counts finished tasks, and adapts the window whenever a window's worth is done.</summary>
    public void Done(int tasks, TimeSpan now)
    {
        _done += tasks;
        if (_done < Size) return;
        var took = now - _since;
        if (took < Quick) Size = (int)Math.Min(most, 2L * Size);
        else if (took > Slow) Size = Math.Max(_least, Size / 2);
        _done = 0;
        _since = now;
    }
}

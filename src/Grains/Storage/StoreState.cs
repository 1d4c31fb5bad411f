namespace Actors.Grains.Storage;

/// <summary>The life of a store: it is opened once, used, and closed once.</summary>
internal sealed class StoreState
{
    private int _state;

    private enum State
    {
        New,
        Opening,
        Open,
        Closed,
    }

    /// <exception cref="InvalidOperationException">The store was opened or closed before.</exception>
    public void Opening(IGrainStore store)
    {
        var before = (State)Interlocked.CompareExchange(ref _state, (int)State.Opening, (int)State.New);
        ObjectDisposedException.ThrowIf(before == State.Closed, store);
        if (before != State.New) throw new InvalidOperationException("the grain store was opened before: expected one call of OpenAsync");
    }

    public void Opened() => Interlocked.CompareExchange(ref _state, (int)State.Open, (int)State.Opening);

    /// <summary>True for the caller who has to close what was opened.</summary>
    public bool Closing() => (State)Interlocked.Exchange(ref _state, (int)State.Closed) != State.Closed;

    /// <exception cref="InvalidOperationException">The store is not open yet, or closed.</exception>
    public void ThrowUnlessOpen(IGrainStore store)
    {
        var state = (State)Volatile.Read(ref _state);
        ObjectDisposedException.ThrowIf(state == State.Closed, store);
        if (state != State.Open) throw new InvalidOperationException("the grain store is not open: expected OpenAsync before any other call");
    }
}

namespace Actors.Remoting.Associations;

/// <summary>The associations whose connection stands. For the thread of the loop.</summary>
internal sealed class OpenAssociations
{
    private readonly HashSet<ZmqAssociation> _open = new(ReferenceEqualityComparer.Instance);
    private Action? _whenEmpty;

    public IReadOnlyCollection<ZmqAssociation> All => _open;

    public void Add(ZmqAssociation association) => _open.Add(association);

    public void Remove(ZmqAssociation association)
    {
        _open.Remove(association);
        TellIfEmpty();
    }

    /// <summary>Calls back once, when no association is left.</summary>
    public void WhenEmpty(Action callback)
    {
        _whenEmpty = callback;
        TellIfEmpty();
    }

    public ZmqAssociation[] ToArray() => [.. _open];

    private void TellIfEmpty()
    {
        if (_open.Count > 0) return;
        var callback = _whenEmpty;
        _whenEmpty = null;
        callback?.Invoke();
    }
}

namespace Actors;

/// <summary>Messages of consecutive numbers in a ring that grows: added behind, removed in front, found by number.</summary>
internal sealed class NumberedRing
{
    private RetainedMessage?[] _slots = new RetainedMessage?[64];
    private int _head;

    public int Count { get; private set; }

    /// <summary>The payload bytes of all of them.</summary>
    public long Bytes { get; private set; }

    public RetainedMessage? Oldest => Count == 0 ? null : _slots[_head];

    /// <param name="message">The message with the next number.</param>
    public void Add(RetainedMessage message)
    {
        if (Count == _slots.Length) Grow();
        _slots[Slot(Count++)] = message;
        Bytes += message.Size;
    }

    public RetainedMessage RemoveOldest()
    {
        var oldest = _slots[_head]!;
        _slots[_head] = null;
        _head = Slot(1);
        Count--;
        Bytes -= oldest.Size;
        return oldest;
    }

    /// <summary>The message of that number, or null when it is not here.</summary>
    public RetainedMessage? At(ulong number)
    {
        if (Oldest is not { } oldest || number < oldest.Number) return null;
        var index = number - oldest.Number;
        return index < (ulong)Count ? _slots[Slot((int)index)] : null;
    }

    private int Slot(int index) => (int)(((uint)_head + (uint)index) % (uint)_slots.Length);

    private void Grow()
    {
        var larger = new RetainedMessage?[_slots.Length * 2];
        for (var i = 0; i < Count; i++) larger[i] = _slots[Slot(i)];
        _slots = larger;
        _head = 0;
    }
}

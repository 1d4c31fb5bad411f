namespace Actors.Zmtp;

/// <summary>What pollable things can be added to and removed from.</summary>
public interface ISocketPollableCollection
{
    /// <summary>Adds what is to be polled.</summary>
    void Add(ISocketPollable socket);

    /// <summary>Takes it away; it stays open.</summary>
    void Remove(ISocketPollable socket);

    /// <summary>Takes it away and disposes of it.</summary>
    void RemoveAndDispose<T>(T socket)
        where T : ISocketPollable, IDisposable;
}

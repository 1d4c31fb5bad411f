namespace Actors.Grains;

/// <summary>The stored state of one grain. A grain takes it in its constructor; it is read before <see cref="Grain.OnActivate"/>.</summary>
/// <typeparam name="T">The state. A grain that was never written has a new one.</typeparam>
/// <remarks>
/// In a call that bears an id, a write is made together with the id and the result, when the method has ended: the
/// caller's reply waits for it, so that a repeat of the call gets the first result. It is made also when the method throws, with
/// the failure as the result. In any other call, it is made at once.
/// </remarks>
public interface IState<T> where T : new()
{
    /// <summary>The state, as it was read or as the grain has changed it since.</summary>
    T Value { get; set; }

    /// <summary>Whether the store has a state of this grain: it was written, and not cleared.</summary>
    bool Exists { get; }

    /// <summary>The version of the stored row: 0 before the first write, one more with each.</summary>
    long Version { get; }

    /// <summary>Writes the state, if nobody else has written it since it was read.</summary>
    /// <exception cref="GrainException">
    /// <c>fenced</c>: another activation has written the row. This one ends. In a call that bears an id, it is thrown behind the method.
    /// </exception>
    /// <exception cref="GrainStoreException">The store has failed. In a call that bears an id, it is thrown behind the method, and the call runs again.</exception>
    Task WriteAsync(CancellationToken cancel = default);

    /// <summary>Reads the state again, and gives up what was changed and not written.</summary>
    /// <exception cref="GrainStoreException">The store has failed.</exception>
    Task ReadAsync(CancellationToken cancel = default);

    /// <summary>Removes the stored state and sets <see cref="Value"/> to a new one. It is a write, and the version goes on.</summary>
    /// <exception cref="GrainException">See <see cref="WriteAsync"/>.</exception>
    /// <exception cref="GrainStoreException">See <see cref="WriteAsync"/>.</exception>
    Task ClearAsync(CancellationToken cancel = default);
}

/// <summary>Writes a state as bytes and reads it, in place of JSON. Registered with the app's services.</summary>
/// <typeparam name="T">The state.</typeparam>
/// <remarks>One codec serves all grains of a node, from any thread at once.</remarks>
public interface IStateCodec<T>
{
    /// <summary>The bytes of a state.</summary>
    ReadOnlyMemory<byte> Write(T state);

    /// <summary>The state of bytes that <see cref="Write"/> made, perhaps in an earlier version of the program.</summary>
    T Read(ReadOnlyMemory<byte> bytes);
}

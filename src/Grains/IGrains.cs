namespace Actors.Grains;

/// <summary>Gives references to grains. A grain need not exist: its first call activates it.</summary>
/// <remarks>All methods may be called from any thread, cost next to nothing, and send nothing.</remarks>
public interface IGrains
{
    /// <summary>A reference to the grain of a key.</summary>
    /// <typeparam name="TGrain">An interface with <see cref="GrainAttribute"/>.</typeparam>
    /// <param name="key">Any text but the empty one, of any length and characters.</param>
    /// <exception cref="ArgumentException">The key is empty, or the interface is not one of a grain.</exception>
    TGrain Get<TGrain>(string key) where TGrain : class;

    /// <summary>A reference to the grain of a key: the text of the number in decimal.</summary>
    TGrain Get<TGrain>(long key) where TGrain : class;

    /// <summary>A reference to the grain of a key: the text of the id in its form "D", 32 hexadecimal digits and four hyphens.</summary>
    TGrain Get<TGrain>(Guid key) where TGrain : class;

    /// <summary>The same grains, called with these options in place of others.</summary>
    IGrains With(CallOptions options);
}

/// <summary>What a caller can say of its calls.</summary>
public sealed record CallOptions
{
    /// <summary>
    /// Time for a call, with all that it calls; what is left to the caller's own call, if that is less. Null for the node's
    /// <see cref="GrainsBuilder.CallTimeout"/>, infinite for no end.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// The id of one call that the caller may repeat, perhaps after its own restart: a repeat gets the first result, as long as the
    /// grain keeps it (<see cref="GrainKindOptions.RecentCalls"/>). Null for an id that the node chooses when a call
    /// leaves it.
    /// </summary>
    public CallId? Id { get; init; }
}

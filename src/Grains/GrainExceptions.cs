namespace Actors.Grains;

/// <summary>The store of grains cannot be opened, read or written.</summary>
public sealed class GrainStoreException : Exception
{
    /// <summary>Says what could not be done, where, and what was expected.</summary>
    public GrainStoreException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}

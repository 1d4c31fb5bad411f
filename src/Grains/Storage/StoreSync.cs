namespace Actors.Grains.Storage;

/// <summary>When a store reports a write as done.</summary>
public enum StoreSync
{
    /// <summary>When the disk says that it has it: survives a kill of the process that writes the files, and a loss of power.</summary>
    Full,

    /// <summary>Before the disk has it. What may go, and when, is said at the setting of each store.</summary>
    Normal,
}

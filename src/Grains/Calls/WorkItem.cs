using Actors.Grains.Runtime;

namespace Actors.Grains.Calls;

/// <summary>Something that an activation does on its turn. It is its own link in the activation's inbox.</summary>
public abstract class WorkItem
{
    /// <summary>Only the project's own kinds of work exist.</summary>
    private protected WorkItem()
    {
    }

    internal WorkItem? Next { get; set; }

    internal abstract void Run(Activation activation);
}

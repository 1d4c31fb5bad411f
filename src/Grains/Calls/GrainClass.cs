namespace Actors.Grains.Calls;

/// <summary>A class of grains. Made by generated code.</summary>
/// <param name="Type">The class.</param>
/// <param name="Interface">The interface that it implements.</param>
/// <param name="New">Makes a grain. Called before each activation.</param>
public sealed record GrainClass(Type Type, Type Interface, Func<GrainParts, Grain> New)
{
    /// <summary>Whether the class has <see cref="ReentrantAttribute"/>.</summary>
    public bool IsReentrant { get; init; }

    /// <summary>The argument of <see cref="StatelessWorkerAttribute"/>; null for a class without it.</summary>
    public int? StatelessWorkers { get; init; }

    /// <summary>Whether its constructor takes an <see cref="IState{T}"/>.</summary>
    public bool HasState { get; init; }

    /// <summary>Why its grains need a store; null when they need none.</summary>
    internal string? NeedOfStore => HasState ? "has a state" : typeof(IRemindable).IsAssignableFrom(Type) ? "takes reminders" : null;
}

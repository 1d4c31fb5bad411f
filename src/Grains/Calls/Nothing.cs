namespace Actors.Grains.Calls;

/// <summary>The result of a method that returns none; <c>null</c> in JSON. Used by generated code.</summary>
public readonly struct Nothing
{
    /// <summary>Ends as a task without a result does.</summary>
    public static ValueTask<Nothing> From(Task task) => task.IsCompletedSuccessfully ? default : new ValueTask<Nothing>(Await(task));

    /// <summary>Ends as a task without a result does.</summary>
    public static ValueTask<Nothing> From(ValueTask task) => task.IsCompletedSuccessfully ? default : new ValueTask<Nothing>(Await(task.AsTask()));

    private static async Task<Nothing> Await(Task task)
    {
        await task;
        return default;
    }
}

using Actors.Grains.Calls;

namespace Actors.Grains;

/// <summary>A call, as a filter sees it.</summary>
public interface ICallContext
{
    /// <summary>The grain that is called.</summary>
    GrainId Grain { get; }

    /// <summary>The method's name on the wire; <c>(reminder)</c> or <c>(timer)</c> for those of a grain.</summary>
    string Method { get; }

    /// <summary>The call's id; null for none.</summary>
    CallId? Id { get; }
}

/// <summary>Code around calls: at the caller by <see cref="GrainsBuilder.FilterCalls"/>, at the grain by <see cref="GrainsBuilder.FilterGrains"/>.</summary>
/// <remarks>One filter serves all calls of a node, from any thread at once. At the grain it runs on the grain's turn.</remarks>
public interface ICallFilter
{
    /// <summary>Does something before and after a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="next">Goes on with the call, and ends or fails with it. Call it once; a filter that does not call it has to throw.</param>
    /// <exception cref="Exception">What a filter throws fails the call, at the grain as <c>failed</c>.</exception>
    Task Invoke(ICallContext call, Func<Task> next);
}

/// <summary>Runs filters around a call, the first one outside.</summary>
internal static class CallFilters
{
    public static Task Run(IReadOnlyList<ICallFilter> filters, GrainCall call, Func<Task> last)
    {
        if (filters.Count == 0) return last();
        return Run(filters, new Context(call), last);
    }

    /// <exception cref="InvalidOperationException">A filter has neither gone on with the call nor thrown, or has gone on twice.</exception>
    private static async Task Run(IReadOnlyList<ICallFilter> filters, Context context, Func<Task> last)
    {
        var reached = 0;
        await From(0);
        if (reached < filters.Count) throw new InvalidOperationException($"the filter {filters[reached].GetType()} ended {context.Grain} {context.Method} without a result: expected that it awaits next(), or throws");

        Task From(int index)
        {
            // A call runs once: a filter that wants another try makes another call.
            if (index > 0 && index <= reached) throw new InvalidOperationException($"the filter {filters[index - 1].GetType()} called next() twice for {context.Grain} {context.Method}: expected once");
            reached = index;
            return index == filters.Count ? last() : filters[index].Invoke(context, () => From(index + 1));
        }
    }

    private sealed class Context(GrainCall call) : ICallContext
    {
        public GrainId Grain => call.Target;

        public string Method => call.Method.Name;

        public CallId? Id => call.Id.IsNone ? null : call.Id;
    }
}

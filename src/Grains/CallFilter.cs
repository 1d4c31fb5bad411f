using Actors.Grains.Calls;

namespace Actors.Grains;

/// <summary>A call, as a filter sees it.</summary>
public interface ICallContext
{
    /// <summary>The grain that is called.</summary>
    GrainId Grain { get; }

    /// <summary>The method's name on the wire.</summary>
    string Method { get; }

    /// <summary>The call's id; null for none.</summary>
    CallId? Id { get; }
}

/// <summary>Code around calls, at the caller or at the grain.</summary>
public interface ICallFilter
{
    /// <summary>Does something before and after a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="next">Goes on with the call, and ends with it. A filter that does not call it has to throw.</param>
    Task Invoke(ICallContext call, Func<Task> next);
}

/// <summary>Runs filters around a call, the first one outside.</summary>
internal static class CallFilters
{
    public static Task Run(IReadOnlyList<ICallFilter> filters, GrainCall call, Func<Task> last)
    {
        if (filters.Count == 0) return last();
        var context = new Context(call);
        return From(0);

        Task From(int index) => index == filters.Count ? last() : filters[index].Invoke(context, () => From(index + 1));
    }

    private sealed class Context(GrainCall call) : ICallContext
    {
        public GrainId Grain => call.Target;

        public string Method => call.Method.Name;

        public CallId? Id => call.Id.IsNone ? null : call.Id;
    }
}

using System.Diagnostics;
using Actors.Transport;

namespace Actors;

/// <summary>Spans of roles. A role works on many requests in turn, so none of their spans stays current on its thread.</summary>
internal static class RoleSpan
{
    /// <summary>A span with the tags that all have; null when nobody wants it.</summary>
    /// <param name="what">What the role does in it.</param>
    /// <param name="role">The role's name.</param>
    /// <param name="pattern">The role's pattern, as a configuration file has it.</param>
    /// <param name="kind">At which end.</param>
    /// <param name="parent">Default begins a trace.</param>
    public static Activity? Start(string what, string role, string pattern, ActivityKind kind, ActivityContext parent)
    {
        var before = Activity.Current;
        // Without a parent, it would become the child of what is current here.
        if (before is not null) Activity.Current = null;
        var span = Tracing.Source.StartActivity($"{what} {role}", kind, parent);
        Activity.Current = before;
        return span is { IsAllDataRequested: true }
            ? span.SetTag("messaging.system", "zeromq").SetTag("messaging.operation.name", what).SetTag("role", role).SetTag("pattern", pattern)
            : span;
    }

    /// <summary>The span has ended well, unless there is a fault.</summary>
    /// <param name="span">Started here.</param>
    /// <param name="fault">A word, or the name of an exception's type; null for none.</param>
    /// <param name="why">The fault for people.</param>
    public static void End(Activity span, string? fault = null, string? why = null)
    {
        if (fault is not null) span.SetTag("error.type", fault).SetStatus(ActivityStatusCode.Error, why);
        var current = Activity.Current;
        span.Stop();
        Activity.Current = current;
    }
}

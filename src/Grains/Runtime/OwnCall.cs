using System.Text.Json;
using Actors.Grains.Calls;

namespace Actors.Grains.Runtime;

/// <summary>Code of a grain that nobody has called: a timer's run, or its activation. What it calls knows that the grain waits for it.</summary>
internal sealed class OwnCall : GrainCall<Nothing>
{
    private readonly Func<Task> _run;

    /// <param name="activation">The grain.</param>
    /// <param name="method">Its name for logs, spans and chains.</param>
    /// <param name="run">The code.</param>
    public OwnCall(Activation activation, GrainMethod method, Func<Task> run)
    {
        _run = run;
        (Method, Route, Key, Deadline) = (method, activation.Route, activation.Key, long.MaxValue);
    }

    internal override bool IsUse => false;

    /// <summary>A method that only activations know.</summary>
    public static GrainMethod MethodOf(string name) => new(name, name, isReadOnly: false, static () => throw new NotSupportedException("the call stays in its activation"));

    protected internal override ValueTask<Nothing> Invoke(object grain, CancellationToken cancel) => Nothing.From(_run());

    protected internal override void WriteArguments(Utf8JsonWriter writer, GrainJson json) => throw new NotSupportedException("the call stays in its activation");

    protected internal override void ReadArguments(ref Utf8JsonReader reader, GrainJson json) => throw new NotSupportedException("the call stays in its activation");
}

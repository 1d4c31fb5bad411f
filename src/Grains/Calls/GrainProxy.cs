using Actors.Grains.Runtime;

namespace Actors.Grains.Calls;

/// <summary>The address of a grain, and the way to it. Used by generated code.</summary>
public sealed class GrainReference
{
    internal GrainReference(GrainRuntime runtime, KindRoute route, string key, CallOptions? options)
    {
        Runtime = runtime;
        Route = route;
        Key = key;
        Options = options;
    }

    internal GrainRuntime Runtime { get; }

    internal KindRoute Route { get; }

    internal string Key { get; }

    internal CallOptions? Options { get; }

    internal GrainId Id => new(Route.Kind, Key);
}

/// <summary>The base of generated references to grains.</summary>
public abstract class GrainProxy
{
    private readonly GrainReference _reference;

    /// <summary>Makes a reference.</summary>
    protected GrainProxy(GrainReference reference) => _reference = reference;

    /// <summary>Kind and key.</summary>
    public sealed override string ToString() => _reference.Id.ToString();

    /// <summary>Equal for the same grain.</summary>
    public sealed override bool Equals(object? other) => other is GrainProxy proxy && proxy._reference.Id == _reference.Id;

    /// <summary>The same for the same grain.</summary>
    public sealed override int GetHashCode() => _reference.Id.GetHashCode();

    /// <summary>Sends a call.</summary>
    /// <returns>Ends with the method's result, or with <see cref="GrainException"/>, or as cancelled.</returns>
    protected Task<TResult> Call<TResult>(GrainMethod method, GrainCall<TResult> call, CancellationToken cancel) => _reference.Runtime.Call(_reference, method, call, cancel);
}

using Actors.Grains.Runtime;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Calls;

/// <summary>What a grain's constructor is given. Used by generated code.</summary>
public sealed class GrainParts
{
    private readonly Activation _activation;

    internal GrainParts(Activation activation) => _activation = activation;

    /// <summary>The grain's state.</summary>
    public IState<T> State<T>() where T : new() => _activation.State<T>();

    /// <summary>A service of the app, from a scope that ends with the activation.</summary>
    /// <exception cref="InvalidOperationException">The app has no such service.</exception>
    public T Service<T>() where T : notnull => _activation.Services.GetRequiredService<T>();
}

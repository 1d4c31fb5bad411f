namespace Akka.Actor;

/// <summary>Something that a system has once, made when it is first asked for.</summary>
public interface IExtension;

public interface IExtensionId
{
    Type ExtensionType { get; }

    /// <summary>The extension of a system; made if need be.</summary>
    object Apply(ActorSystem system);

    object Get(ActorSystem system);

    object CreateExtension(ExtendedActorSystem system);
}

public interface IExtensionId<out T> : IExtensionId
    where T : IExtension
{
    new T Apply(ActorSystem system);

    new T Get(ActorSystem system);

    new T CreateExtension(ExtendedActorSystem system);
}

/// <summary>Derive to offer an extension.</summary>
public abstract class ExtensionIdProvider<T> : IExtensionId<T>
    where T : IExtension
{
    public Type ExtensionType => typeof(T);

    public T Apply(ActorSystem system) => (T)system.RegisterExtension(this);

    public T Get(ActorSystem system) => Apply(system);

    public abstract T CreateExtension(ExtendedActorSystem system);

    object IExtensionId.Apply(ActorSystem system) => Apply(system)!;

    object IExtensionId.Get(ActorSystem system) => Get(system)!;

    object IExtensionId.CreateExtension(ExtendedActorSystem system) => CreateExtension(system)!;

    public override bool Equals(object? obj) => obj is ExtensionIdProvider<T>;

    public override int GetHashCode() => typeof(T).GetHashCode();
}

public static class ActorSystemWithExtensions
{
    /// <summary>The extension of a system, made by a provider that needs no arguments.</summary>
    public static T WithExtension<T, TI>(this ActorSystem system)
        where T : class, IExtension
        where TI : IExtensionId, new() => (T)new TI().Apply(system);

    public static T WithExtension<T>(this ActorSystem system, Type extensionId)
        where T : class, IExtension
    {
        if (system.TryGetExtension<T>(out var extension))
            return extension;
        if (Activator.CreateInstance(extensionId) is not IExtensionId id)
            throw new ArgumentException($"{extensionId} is not an extension id", nameof(extensionId));
        return (T)system.RegisterExtension(id);
    }

    public static T WithExtension<T>(this ActorSystem system)
        where T : class, IExtension => system.GetExtension<T>();
}

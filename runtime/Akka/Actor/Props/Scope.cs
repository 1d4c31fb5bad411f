using Akka.Util;

namespace Akka.Actor;

/// <summary>Where an actor is deployed.</summary>
public abstract class Scope : IEquatable<Scope>
{
    public static readonly LocalScope Local = LocalScope.Instance;

    public abstract Scope WithFallback(Scope other);

    public abstract Scope Copy();

    public virtual bool Equals(Scope? other) => other is not null && GetType() == other.GetType();

    public override bool Equals(object? obj) => Equals(obj as Scope);

    public override int GetHashCode() => GetType().GetHashCode();
}

public class LocalScope : Scope, ISurrogated
{
    private LocalScope()
    {
    }

    public static LocalScope Instance { get; } = new();

    public override Scope WithFallback(Scope other) => this;

    public override Scope Copy() => this;

    public ISurrogate ToSurrogate(ActorSystem system) => new LocalScopeSurrogate();

    public class LocalScopeSurrogate : ISurrogate
    {
        public ISurrogated FromSurrogate(ActorSystem system) => Instance;
    }
}

/// <summary>Nothing is said of the place.</summary>
internal sealed class NoScopeGiven : Scope
{
    public static NoScopeGiven Instance { get; } = new();

    public override Scope WithFallback(Scope other) => other;

    public override Scope Copy() => this;
}

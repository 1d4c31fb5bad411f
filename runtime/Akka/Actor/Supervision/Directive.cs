namespace Akka.Actor;

/// <summary>What a supervisor does with a child that failed.</summary>
public enum Directive
{
    /// <summary>The child goes on, with its state.</summary>
    Resume,

    /// <summary>The child is replaced by a new instance.</summary>
    Restart,

    /// <summary>The supervisor fails itself.</summary>
    Escalate,

    /// <summary>The child is stopped.</summary>
    Stop,
}

public static class DirectiveExtensions
{
    public static KeyValuePair<Type, Directive> When<TException>(this Directive self)
        where TException : Exception => new(typeof(TException), self);
}

public interface IDecider
{
    Directive Decide(Exception cause);
}

public static class Decider
{
    public static LocalOnlyDecider From(Func<Exception, Directive> localOnlyDecider) => new(localOnlyDecider);

    public static DeployableDecider From(Directive defaultDirective, params KeyValuePair<Type, Directive>[] pairs) => new(defaultDirective, pairs);

    public static DeployableDecider From(Directive defaultDirective, IEnumerable<KeyValuePair<Type, Directive>> pairs) => new(defaultDirective, pairs);
}

/// <summary>Decides by a function of this process.</summary>
public class LocalOnlyDecider : IDecider
{
    private readonly Func<Exception, Directive> _decider;

    public LocalOnlyDecider(Func<Exception, Directive> decider) => _decider = decider;

    public Directive Decide(Exception cause) => _decider(cause);
}

/// <summary>Decides by the type of the exception: the first pair whose type it has.</summary>
public class DeployableDecider : IDecider, IEquatable<DeployableDecider>
{
    public DeployableDecider(Directive defaultDirective, IEnumerable<KeyValuePair<Type, Directive>> pairs)
        : this(defaultDirective, pairs.ToArray())
    {
    }

    public DeployableDecider(Directive defaultDirective, params KeyValuePair<Type, Directive>[] pairs)
    {
        DefaultDirective = defaultDirective;
        Pairs = pairs;
    }

    protected DeployableDecider() => Pairs = [];

    public Directive DefaultDirective { get; }

    public KeyValuePair<Type, Directive>[] Pairs { get; }

    public Directive Decide(Exception cause)
    {
        foreach (var (type, directive) in Pairs)
        {
            if (type.IsInstanceOfType(cause))
                return directive;
        }

        return DefaultDirective;
    }

    public bool Equals(DeployableDecider? other) =>
        other is not null && DefaultDirective == other.DefaultDirective && Pairs.SequenceEqual(other.Pairs);

    public override bool Equals(object? obj) => Equals(obj as DeployableDecider);

    public override int GetHashCode() => HashCode.Combine(DefaultDirective, Pairs.Length);
}

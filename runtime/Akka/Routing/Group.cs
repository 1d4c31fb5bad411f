using Akka.Actor;
using Akka.Configuration;

namespace Akka.Routing;

/// <summary>
/// A router over actors that others created, named by path. A path whose actor does not exist (yet, or any more) is
/// still a routee: what is sent to it becomes a dead letter.
/// </summary>
public abstract class Group : RouterConfig, IEquatable<Group>
{
    protected readonly string[] InternalPaths;

    protected Group(IEnumerable<string>? paths, string? routerDispatcher)
        : base(routerDispatcher)
    {
        InternalPaths = paths?.ToArray() ?? [];
    }

    private protected Group(Config config)
        : this(config.GetStringList("routees.paths"), DeployedRouter.RouterDispatcher(config))
    {
    }

    public abstract IEnumerable<string> GetPaths(ActorSystem system);

    public Props Props() => Akka.Actor.Props.Empty.WithRouter(this);

    public override ActorBase CreateRouterActor() => new RouterActor();

    internal static Routee RouteeFor(string path, IActorContext context) =>
        new ActorSelectionRoutee(context.ActorSelection(path));

    public bool Equals(Group? other) =>
        other is not null
        && (ReferenceEquals(this, other)
            || (base.Equals((RouterConfig)other) && InternalPaths.AsSpan().SequenceEqual(other.InternalPaths)));

    public override bool Equals(object? obj) => Equals(obj as Group);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(base.GetHashCode());
        foreach (var path in InternalPaths)
        {
            hash.Add(path);
        }

        return hash.ToHashCode();
    }
}

using System.Reflection;
using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;

namespace Akka.Routing;

/// <summary>Turns a deployment section (<c>akka.actor.deployment./path</c>) into a router configuration.</summary>
internal static class DeployedRouter
{
    private const string TypeMapping = "akka.actor.router.type-mapping";

    /// <param name="path">The section's key, for errors.</param>
    /// <param name="deployment">The section, on top of the section <c>default</c>.</param>
    /// <param name="settings">The configuration that holds the router types.</param>
    /// <returns><see cref="NoRouter"/> if the section asks for no router.</returns>
    public static RouterConfig Parse(string path, Config deployment, Config settings)
    {
        var name = deployment.GetString("router", "from-code");
        if (string.IsNullOrEmpty(name) || name == "from-code")
        {
            return NoRouter.Instance;
        }

        var paths = deployment.GetStringList("routees.paths", []);
        var kind = name.EndsWith("-pool", StringComparison.Ordinal) || name.EndsWith("-group", StringComparison.Ordinal) || name.Contains('.')
            ? name
            : name + (paths.Count > 0 ? "-group" : "-pool");
        var typeName = Mapped(settings, kind) ?? Mapped(settings, name) ?? name;

        var type = Type.GetType(typeName)
            ?? throw Error(path, $"router = \"{name}\" is neither in {TypeMapping} nor a type that can be loaded");
        if (!typeof(RouterConfig).IsAssignableFrom(type))
        {
            throw Error(path, $"router = \"{name}\": {type} is not a RouterConfig");
        }

        var constructor = type.GetConstructor([typeof(Config)])
            ?? throw Error(path, $"router = \"{name}\": {type} has no public constructor that takes a Config");
        if (typeof(Group).IsAssignableFrom(type) && paths.Count == 0)
        {
            throw Error(path, $"router = \"{name}\" is a group, and routees.paths is empty");
        }

        try
        {
            return (RouterConfig)constructor.Invoke([deployment]);
        }
        catch (TargetInvocationException e) when (e.InnerException is { } cause)
        {
            throw new ConfigurationException(Text(path, $"router = \"{name}\": {cause.Message}"), cause);
        }
    }

    public static string RouterDispatcher(Config deployment) =>
        deployment.GetString("router-dispatcher", "") is { Length: > 0 } id ? id : Dispatchers.DefaultDispatcherId;

    private static string? Mapped(Config settings, string name) =>
        !name.Contains('.') && settings.GetString($"{TypeMapping}.{name}", "") is { Length: > 0 } type ? type : null;

    private static ConfigurationException Error(string path, string what) => new(Text(path, what));

    private static string Text(string path, string what) => $"akka.actor.deployment./{path.TrimStart('/')}: {what}.";
}

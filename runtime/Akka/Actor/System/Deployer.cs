using System.Collections.Concurrent;
using Akka.Configuration;
using Akka.Routing;
using Akka.Util;

namespace Akka.Actor;

/// <summary>The deployments of <c>akka.actor.deployment</c>, by actor path below <c>/user</c>; <c>*</c> stands for one name, a final <c>**</c> for all below.</summary>
public class Deployer
{
    protected readonly Config Default;

    private readonly Settings _settings;
    private readonly ConcurrentDictionary<string, Deploy> _exact = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<(string[] Pattern, Deploy Deploy)> _patterns = [];

    public Deployer(Settings settings)
    {
        _settings = settings;
        Default = settings.Config.GetConfig("akka.actor.deployment.default") ?? ConfigurationFactory.Empty;
        var section = settings.Config.GetConfig("akka.actor.deployment");
        if (section is null || section.IsEmpty)
            return;
        foreach (var (key, value) in section.AsEnumerable())
        {
            var path = key.Trim('"');
            if (path == "default")
                continue;
            if (!value.IsObject())
                throw new ConfigurationException($"akka.actor.deployment: the entry \"{path}\" must be an object");
            SetDeploy(ParseConfig(path, section.GetConfig($"\"{path}\"")!));
        }
    }

    /// <summary>The deployment for an actor, or null. Only actors below /user are deployed by configuration.</summary>
    public Deploy Lookup(ActorPath path)
    {
        if (path.Depth < 2 || path.Elements[0] != "user")
            return null!;
        return Lookup(path.Elements.Skip(1));
    }

    public Deploy Lookup(IEnumerable<string> path)
    {
        var elements = path as string[] ?? [.. path];
        if (_exact.TryGetValue(string.Join('/', elements), out var exact))
            return exact;
        Deploy? best = null;
        var bestScore = -1;
        foreach (var (pattern, deploy) in _patterns)
        {
            var score = Match(pattern, elements);
            if (score > bestScore)
            {
                best = deploy;
                bestScore = score;
            }
        }

        return best!;
    }

    public void SetDeploy(Deploy deploy)
    {
        var elements = deploy.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        foreach (var element in elements)
        {
            if (!element.Contains('*', StringComparison.Ordinal) && !ActorPath.IsValidPathElement(element) && !element.StartsWith('$'))
                throw new IllegalActorNameException($"Illegal actor name [{element}] in deployment [{deploy.Path}]");
        }

        if (elements.Any(static element => element.Contains('*', StringComparison.Ordinal)))
            _patterns.Add((elements, deploy));
        else
            _exact[string.Join('/', elements)] = deploy;
    }

    public virtual Deploy ParseConfig(string key, Config config)
    {
        var full = config.WithFallback(Default);
        return new Deploy(
            key,
            full,
            DeployedRouter.Parse(key, full, _settings.Config),
            Deploy.NoScopeGiven,
            full.GetString("dispatcher", "")!,
            full.GetString("mailbox", "")!,
            full.GetInt("stash-capacity", Deploy.NoStashSize));
    }

    /// <summary>How well a pattern fits: -1 not at all, else the more, the more exactly.</summary>
    private static int Match(string[] pattern, string[] elements)
    {
        var score = 0;
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == "**" && i == pattern.Length - 1)
                return elements.Length > i ? score : -1;
            if (i >= elements.Length || !elements[i].Like(pattern[i], caseSensitive: true))
                return -1;
            score += pattern[i] == elements[i] ? 3 : 2;
        }

        return elements.Length == pattern.Length ? score + 1 : -1;
    }
}

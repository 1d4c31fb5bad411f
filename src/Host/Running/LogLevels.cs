using System.Collections.Immutable;
using Actors.Hosting.Configuration;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Actors.Host.Running;

/// <summary>Which lines the host's own logger writes; an operator changes it while the host runs.</summary>
/// <remarks>
/// An Akka extension. Safe to use from any thread. An actor asks once, when it is made, which levels Akka logs. So the actor
/// system always logs from <see cref="Always"/> on, which is told rarely, and the logger leaves out what is not wanted.
/// Beyond that level, a change reaches only actors that are made later.
/// </remarks>
internal sealed class LogLevels : IExtension
{
    /// <summary>What all actors log, whether it is written or not.</summary>
    public const LogLevel Always = LogLevel.InfoLevel;

    // The key under which the actor system of a host has the level of its logger.
    private const string Configured = "actors-host.loglevel";

    // LogLevel has no word for it.
    private const LogLevel Off = (LogLevel)int.MaxValue;

    private static readonly (string Word, LogLevel Level)[] s_words =
        [("off", Off), ("error", LogLevel.ErrorLevel), ("warning", LogLevel.WarningLevel), ("info", LogLevel.InfoLevel), ("debug", LogLevel.DebugLevel)];

    private readonly LoggingBus _bus;
    private readonly LogLevel _atStart;
    private readonly bool _isOurs;
    private ImmutableDictionary<string, LogLevel> _roles = [];
    private volatile int _level;

    private LogLevels(ExtendedActorSystem system)
    {
        _bus = system.EventStream;
        _atStart = _bus.LogLevel;
        // Known before the logger is told the first line.
        var configured = system.Settings.Config.GetString(Configured, null);
        _isOurs = configured is not null;
        _level = (int)(configured is not null && LevelOf(configured) is { } known ? known : _atStart);
    }

    /// <summary>The words that <see cref="Set"/> takes.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. s_words.Select(known => known.Word)];

    /// <summary>The levels of an actor system.</summary>
    public static LogLevels Of(ActorSystem system) => system.WithExtension<LogLevels, Provider>();

    /// <summary>
    /// The plan with an actor system that logs from <see cref="Always"/> on, where the host's own logger leaves out what is not
    /// wanted. With other loggers it stays as it is.
    /// </summary>
    public static HostPlan Raised(HostPlan plan)
    {
        if (plan.System.GetStringList("akka.loggers") is not [var one] || !one.StartsWith(typeof(StandardErrorLogger).FullName!, StringComparison.Ordinal)) return plan;
        var configured = plan.System.GetString("akka.loglevel", "").ToLowerInvariant();
        var raised = LevelOf(configured) > Always ? "akka.loglevel = INFO" : "";
        return plan with { System = ConfigurationFactory.ParseString($"{Configured} = \"{configured}\"\n{raised}").WithFallback(plan.System) };
    }

    /// <summary>Whether a line of a role, or of the host, is written.</summary>
    public bool IsWritten(string role, LogLevel level)
    {
        var roles = Volatile.Read(ref _roles);
        var least = roles.Count > 0 && roles.TryGetValue(role, out var own) ? own : (LogLevel)_level;
        return level >= least;
    }

    /// <summary>From now on lines are written from that level on.</summary>
    /// <param name="word">One of <see cref="Words"/>.</param>
    /// <param name="role">For this role only; null for all of the host, which no role then differs from.</param>
    /// <returns>What the change does not reach, for people; null when it reaches everything.</returns>
    /// <exception cref="ArgumentException">There is no such level.</exception>
    public string? Set(string word, string? role)
    {
        var level = LevelOf(word) ?? throw new ArgumentException($"there is no level \"{word}\": expected {string.Join(", ", Words)}", nameof(word));
        if (role is not null) ImmutableInterlocked.AddOrUpdate(ref _roles, role, level, (_, _) => level);
        else (_level, _roles) = ((int)level, []);
        // Other loggers are told what the bus hands on; ours leaves out by itself what is not wanted.
        if (!_isOurs || _bus.LogLevel > level) _bus.SetLogLevel(level);
        if (!_isOurs && role is not null) return "the loggers of akka.loggers are not the host's own, so the level holds for all roles";
        return level >= _atStart ? null : $"actors that are there log from {s_words.First(known => known.Level == _atStart).Word} on, because an actor asks once, when it is made; to have all of it, restart the role (actors drain, then actors reload), or start the host with akka.loglevel = {word.ToUpperInvariant()}";
    }

    private static LogLevel? LevelOf(string word)
    {
        foreach (var (known, level) in s_words)
            if (known == word) return level;
        return null;
    }

    private sealed class Provider : ExtensionIdProvider<LogLevels>
    {
        public override LogLevels CreateExtension(ExtendedActorSystem system) => new(system);
    }
}

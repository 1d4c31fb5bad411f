using System.Reflection;
using System.Text.RegularExpressions;
using Actors.Hocon;
using Actors.Transport;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;

namespace Actors.Hosting.Configuration;

/// <summary>Makes the settings of the actor system from a file's sections <c>akka</c> and <c>actors</c>.</summary>
internal static partial class SystemSettings
{
    private static readonly TimeSpan TrialTimeout = TimeSpan.FromSeconds(20);

    /// <summary>The settings over the host's own.</summary>
    public static Config Read(Section root) => WithDefaults(string.Concat(
        new[] { Keys.Akka, Keys.ActorsSection }.Where(root.Has).Select(key => $"{key.Name} : {{\n{root.Below(key.Name).Text}}}\n")));

    /// <summary>Starts a system with the settings of the plan, and the transport in it.</summary>
    /// <exception cref="ConfigException">It does not start, for a cause that the types of the settings do not tell.</exception>
    public static ActorSystem Start(HostPlan plan) => Start(plan, ConfigOf(plan));

    /// <summary>All settings of the plan's actor system.</summary>
    public static Config ConfigOf(HostPlan plan) => WithPart(plan.System, plan.Part?.System);

    /// <summary>
    /// Starts a system with the settings of the plan and stops it again, where the file has settings of its own. No extension
    /// is started, because it may do anything.
    /// </summary>
    /// <exception cref="ConfigException">It does not start or stop, for a cause that the types of the settings do not tell.</exception>
    public static void Try(HostPlan plan)
    {
        if (SectionsOf(plan.File).Count == 0) return;
        var quiet = ConfigurationFactory.ParseString("akka { loglevel = OFF, stdout-loglevel = OFF, log-config-on-start = off, extensions = [] }").WithFallback(WithPart(plan.System, plan.Part?.TrialSystem));
        var trial = Task.Run(() =>
        {
            using var system = Start(plan, quiet);
            return system.Terminate();
        });
        if (!trial.ContinueWith(static _ => { }, TaskScheduler.Default).Wait(TrialTimeout)) throw Fault(plan.File, new TimeoutException($"it did not start and stop within {TrialTimeout.TotalSeconds} s"));
        trial.GetAwaiter().GetResult();
    }

    private static ActorSystem Start(HostPlan plan, Config config)
    {
        ActorSystem? system = null;
        try
        {
            system = ActorSystem.Create(plan.Part?.SystemName ?? "host", SetupOf(plan, config));
            ZmqTransport.Of(system);
            // Looks at the order of its phases, which is otherwise first done when the system stops.
            _ = CoordinatedShutdown.Get(system).TotalTimeout;
            // Its dispatcher and mailbox are made with the first actor.
            system.ActorOf(Props.Create(() => new Idle()));
            return system;
        }
        catch (Exception mistake) when (mistake is not OutOfMemoryException)
        {
            // An orderly stop may fail for the same cause.
            (system as ExtendedActorSystem)?.Abort();
            if (plan.Part?.Blame(mistake, plan.File) is { } error) throw new ConfigException([error], []);
            // Whatever else Akka throws, it is because of these sections: all else is the same in each run.
            throw Fault(plan.File, mistake);
        }
    }

    private static ActorSystemSetup SetupOf(HostPlan plan, Config config)
    {
        var setup = ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config));
        return plan.Setup is { } more ? setup.And(more) : setup;
    }

    private static ConfigException Fault(ConfigFile file, Exception mistake)
    {
        var own = SectionsOf(file);
        var key = own.Find(one => mistake.Message.Contains($"{one}.", StringComparison.Ordinal)) ?? own.FirstOrDefault() ?? Keys.Akka.Name;
        return new ConfigException(file.OriginOf(key), key, $"the actor system does not start with these settings: {Innermost(mistake)}");
    }

    private static List<string> SectionsOf(ConfigFile file) => [.. new[] { Keys.Akka.Name, Keys.ActorsSection.Name }.Where(name => file.Root.Field(name) is { Value.IsNull: false })];

    /// <summary>What went wrong, in one line, without the exceptions around it.</summary>
    private static string Innermost(Exception cause)
    {
        while (cause is TargetInvocationException or TypeInitializationException or AggregateException && cause.InnerException is { } inner) cause = inner;
        return ActorPath().Replace(cause.Message.ReplaceLineEndings(" "), "");
    }

    // The path of an actor of Akka's own, which has a number that differs from run to run, tells the user nothing.
    [GeneratedRegex(@" for path akka://\S+")]
    private static partial Regex ActorPath();

    /// <summary>Akka's own parser gets plain text, with nothing left to resolve.</summary>
    private static Config WithDefaults(string text)
    {
        using var reference = new StreamReader(typeof(SystemSettings).Assembly.GetManifestResourceStream("Actors.Hosting.output-dispatcher.conf")!);
        var defaults = new HoconDocument().AddText(reference.ReadToEnd(), "output-dispatcher.conf").Resolve();
        return ConfigurationFactory.ParseString(text).WithFallback(ConfigurationFactory.ParseString(HoconWriter.Write(defaults)));
    }

    private static Config WithPart(Config own, string? part) => part is null ? own : own.WithFallback(ConfigurationFactory.ParseString(part));

    private sealed class Idle : UntypedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);
    }
}

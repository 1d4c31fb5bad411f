using Actors.Hocon;
using Actors.Host.Sources;
using Actors.Transport;
using Akka.Actor;
using Akka.Configuration;

namespace Actors.Host.Configuration;

/// <summary>Makes a <see cref="HostPlan"/> of a configuration file, or names every mistake in it.</summary>
internal sealed class PlanReader
{
    private readonly ConfigFile _file;
    private readonly TextWriter _output;
    private readonly List<ConfigError> _errors = [];
    private readonly Dictionary<string, string> _journals = [];
    private string _engine = "";
    private int _errorsBeforeRole;

    private PlanReader(ConfigFile file, TextWriter output)
    {
        _file = file;
        _output = output;
    }

    /// <param name="file">Parsed.</param>
    /// <param name="only">The roles to take; all when empty.</param>
    /// <param name="output">Where handlers and sources print.</param>
    /// <exception cref="ConfigException">The file has mistakes; all of them are named.</exception>
    public static HostPlan Read(ConfigFile file, IReadOnlyList<string> only, TextWriter output) => new PlanReader(file, output).Read(only);

    private HostPlan Read(IReadOnlyList<string> only)
    {
        var root = Section.Root(_file, _errors);
        root.Allow([Keys.Host, Keys.Roles, Keys.Variables, Keys.Akka, Keys.ActorsSection], "a configuration file");
        var host = root.Below(Keys.Host.Name);
        host.Allow([Keys.StartTimeout, Keys.ReadyTimeout, Keys.StopTimeout, Keys.StopWhenDone], "host");
        var start = host.Get<TimeSpan>(Keys.StartTimeout);
        var ready = host.Get<TimeSpan>(Keys.ReadyTimeout);
        var stop = host.Get<TimeSpan>(Keys.StopTimeout);
        var done = host.Get<bool>(Keys.StopWhenDone);

        ReadTransport(root.Below(Keys.ActorsSection.Name));

        var section = root.Below(Keys.Roles.Name);
        var names = section.Names.ToList();
        if (names.Count == 0) root.Fault(Keys.Roles.Name, "is empty: expected at least one role");
        foreach (var unknown in only.Except(names))
            _errors.Add(new ConfigError(new Origin("--role", 0), unknown, $"there is no such role in {_file.File}{Nearest.Hint(unknown, names)}; it has {string.Join(", ", names)}"));
        // Every role is checked, also those that are not started here: one file serves several machines.
        var plans = names.Select(name => ReadRole(name, section.Below(name))).OfType<RolePlan>().ToList();
        var system = SystemConfig(root);
        if (_errors.Count > 0) throw new ConfigException(_errors);
        return new HostPlan(_file, [.. plans.Where(plan => only.Count == 0 || only.Contains(plan.Name))], _engine, system, start, ready, stop, done);
    }

    private void ReadTransport(Section actors)
    {
        actors.Allow([Keys.Transport], "actors");
        var transport = actors.Below(Keys.Transport.Name);
        transport.Allow([Keys.Engine, Keys.Pollers, Keys.PollerDispatcher], "actors.transport");
        _engine = transport.Get<string>(Keys.Engine);
        AtLeastOne(transport, Keys.Pollers);
        var dispatcher = transport.Below(Keys.PollerDispatcher.Name);
        dispatcher.Allow([Keys.Throughput, Keys.ShutdownTimeout], "actors.transport.poller-dispatcher");
        AtLeastOne(dispatcher, Keys.Throughput);
        dispatcher.Get<TimeSpan>(Keys.ShutdownTimeout);
    }

    private void AtLeastOne(Section section, Key key)
    {
        var errors = _errors.Count;
        var value = section.Get<int>(key);
        if (errors == _errors.Count && value < 1) section.Fault(key.Name, $"is {value}: expected 1 or more");
    }

    /// <summary>The settings of the actor system. Akka's own parser gets plain text, with nothing left to resolve.</summary>
    private static Config SystemConfig(Section root)
    {
        using var reference = new StreamReader(typeof(PlanReader).Assembly.GetManifestResourceStream("Actors.Host.reference.conf")!);
        var defaults = new HoconDocument().AddText(reference.ReadToEnd(), "reference.conf").Resolve();
        return ConfigurationFactory.ParseString(root.Text(Keys.Akka.Name) + root.Text(Keys.ActorsSection.Name))
            .WithFallback(ConfigurationFactory.ParseString(HoconWriter.Write(defaults)));
    }

    private RolePlan? ReadRole(string name, Section section)
    {
        _errorsBeforeRole = _errors.Count;
        var pattern = section.Get<RolePattern>(Keys.Pattern);
        // Without its pattern, nothing is known of the role's other keys.
        if (_errors.Count > _errorsBeforeRole) return null;
        var word = RolePatterns.Words.First(known => known.Pattern == pattern).Word;
        section.Allow(RolePatterns.KeysOf(pattern), $"a {word} role");
        var role = new RoleSection(name, section, _output, _journals);
        var draft = RoleReaders.For(pattern)(role);
        var props = Checked(section, draft);
        CheckTransports(name, draft);
        var source = section.Has(Keys.Source) && RolePatterns.KeysOf(pattern).Any(key => key.Name == Keys.Source.Name)
            ? SourceReader.Read(section.Below(Keys.Source.Name), _output, pattern == RolePattern.Request, ReplyHandler(pattern, role))
            : null;
        return _errors.Count > _errorsBeforeRole ? null : new RolePlan(name, pattern, props!, draft.Endpoints, draft.Settings.Contract, source);
    }

    /// <summary>Notes an error for each endpoint that the engine has no transport for.</summary>
    private void CheckTransports(string name, RoleDraft draft)
    {
        if (_engine.Length == 0 || _errors.Count > _errorsBeforeRole) return;
        foreach (var endpoint in draft.Endpoints)
        {
            if (ZmqTransport.EndpointFault(_engine, endpoint) is not { } fault) continue;
            var key = EndpointKey.Find(_file, name, endpoint) ?? ConfigPath.Format(Keys.Roles.Name, name);
            _errors.Add(new ConfigError(_file.OriginOf(key), key, fault));
        }
    }

    private static Props? ReplyHandler(RolePattern pattern, RoleSection role) =>
        pattern == RolePattern.Request && role.Entries.Has(Keys.ReplyHandler) ? role.Handler() : null;

    /// <summary>The role's props, unless a key was wrong or a setting is out of its range, which is noted with the key at fault.</summary>
    private Props? Checked(Section section, RoleDraft draft)
    {
        if (_errors.Count > _errorsBeforeRole) return null;
        try
        {
            draft.Checked.Validate();
            return draft.Props();
        }
        catch (SocketSettingsException mistake)
        {
            section.Fault(mistake.Option, mistake.Fault);
            return null;
        }
    }
}

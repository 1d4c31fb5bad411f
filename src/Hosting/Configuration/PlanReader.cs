using Actors.Hocon;
using Actors.Hosting.Sources;
using Actors.Transport;
using Akka.Actor;

namespace Actors.Hosting.Configuration;

/// <summary>Makes a <see cref="HostPlan"/> of a configuration file, or names every mistake in it.</summary>
internal sealed class PlanReader
{
    // Each is a thread.
    private const int MostPollers = 1024;

    private readonly ConfigFile _file;
    private readonly TextWriter _output;
    private readonly Func<string, Type, Props>? _inject;
    private readonly ConfigurationPart? _part;
    private readonly Findings _findings = new();
    private readonly Dictionary<string, string> _journals = [];
    private string _engine = "";
    private IReadOnlyList<string> _only = [];
    private int _errorsBeforeRole;

    private PlanReader(ConfigFile file, TextWriter output, Func<string, Type, Props>? inject, ConfigurationPart? part)
    {
        _part = part;
        _inject = inject;
        _file = file;
        _output = output;
    }

    /// <param name="file">Parsed.</param>
    /// <param name="only">The roles to take; all when empty.</param>
    /// <param name="output">Where handlers and sources print.</param>
    /// <param name="inject">For an app: makes the handler of a role, which is named, from its class. Null makes it by its constructor without parameters.</param>
    /// <param name="part">What the program adds to the file; null for none.</param>
    /// <exception cref="ConfigException">The file has mistakes; all of them are named.</exception>
    public static HostPlan Read(ConfigFile file, IReadOnlyList<string> only, TextWriter output, Func<string, Type, Props>? inject = null, ConfigurationPart? part = null) => new PlanReader(file, output, inject, part).Read(only);

    private HostPlan Read(IReadOnlyList<string> only)
    {
        _only = only;
        var root = Section.Root(_file, _findings);
        root.Allow([Keys.Host, Keys.Roles, Keys.Variables, Keys.Akka, Keys.ActorsSection, .. _part is null ? Array.Empty<Key>() : [_part.Section]], "a configuration file");
        var duplicates = new DuplicateKeys(_file, _findings);
        duplicates.Note();
        var host = root.Below(Keys.Host.Name);
        host.Allow([Keys.StartTimeout, Keys.ReadyTimeout, Keys.StopTimeout, Keys.StopWhenDone, .. _part?.HostKeys ?? []], "host");
        var start = host.Timeout(Keys.StartTimeout, TimeSpan.FromMilliseconds(1));
        var ready = host.Timeout(Keys.ReadyTimeout, TimeSpan.Zero);
        var stop = host.Timeout(Keys.StopTimeout, TimeSpan.Zero);
        var done = host.Get<bool>(Keys.StopWhenDone);
        var extras = _part?.ReadHost(host);

        ReadTransport(root.Below(Keys.ActorsSection.Name));

        var section = root.Below(Keys.Roles.Name);
        var names = section.Names.ToList();
        var isAlone = names.Count == 0 && _part is not null && root.Has(_part.Section);
        if (names.Count == 0 && !isAlone && _findings.Errors.TrueForAll(error => error.Key != Keys.Roles.Name)) root.Fault(Keys.Roles.Name, $"{(root.Has(Keys.Roles) ? "is empty" : "is missing")}: expected at least one role");
        foreach (var unknown in only.Except(names))
            _findings.Errors.Add(new ConfigError(new Origin("--role", 0), unknown, $"there is no such role in {_file.File}{Nearest.Hint(unknown, names)}; it has {string.Join(", ", names)}"));
        // Every role is checked, also those that are not started here: one file serves several machines.
        var plans = names.Select(name => ReadRole(name, section)).OfType<RolePlan>().ToList();
        var part = _part?.Read(new PartReading(_file, root, plans, _journals, stop));
        plans.RemoveAll(plan => only.Count > 0 && !only.Contains(plan.Name));
        new BindConflicts(_file, _findings).Note(plans.Select(plan => plan.Name), [.. part?.Bound ?? [], .. extras?.Bound ?? []]);
        AkkaSection.Check(root.Below(Keys.Akka.Name), part?.AkkaDefaults);
        var system = SystemSettings.Read(root);
        if (_findings.Errors.Count > 0) throw new ConfigException(_findings.Errors, _findings.Warnings);
        new OpenEndpoints(_file, _findings).Note(plans.Select(plan => plan.Name));
        return new HostPlan(_file, plans, _engine, system, start, ready, stop, done, _findings.Warnings) { Part = part, Extras = extras };
    }

    private void ReadTransport(Section actors)
    {
        actors.Allow([Keys.Transport], "actors");
        var transport = actors.Below(Keys.Transport.Name);
        transport.Allow([Keys.Engine, Keys.Pollers, Keys.PollerDispatcher], "actors.transport");
        // An app may choose the engine elsewhere; the roles then say at the start what it cannot do.
        _engine = _inject is not null && !transport.Has(Keys.Engine) ? "" : transport.Get<string>(Keys.Engine);
        transport.Within(Keys.Pollers, 1, MostPollers);
        var dispatcher = transport.Below(Keys.PollerDispatcher.Name);
        dispatcher.Allow([Keys.Throughput, Keys.ShutdownTimeout], "actors.transport.poller-dispatcher");
        dispatcher.Within(Keys.Throughput, 1, int.MaxValue);
        dispatcher.Timeout(Keys.ShutdownTimeout, TimeSpan.FromMilliseconds(1));
    }

    private RolePlan? ReadRole(string name, Section roles)
    {
        _errorsBeforeRole = _findings.Errors.Count;
        var section = roles.Below(name);
        var pattern = section.Get<RolePattern>(Keys.Pattern);
        // Without its pattern, nothing is known of the role's other keys.
        if (_findings.Errors.Count > _errorsBeforeRole) return null;
        var word = RolePatterns.Words.First(known => known.Pattern == pattern).Word;
        section.Allow(RolePatterns.KeysOf(pattern), $"a {word} role");
        if ((_part?.ReaderOf(pattern) ?? RoleReaders.For(pattern)) is not { } reader)
        {
            section.Fault(Keys.Pattern.Name, $"is \"{word}\", which the program actors runs: expected another pattern, or the role started in code");
            return null;
        }
        var role = new RoleSection(name, section, _output, _journals, _inject);
        var draft = reader(role);
        var props = Checked(section, draft);
        CheckTransports(name, draft);
        var source = section.Has(Keys.Source) && RolePatterns.KeysOf(pattern).Any(key => key.Name == Keys.Source.Name)
            ? SourceReader.Read(section.Below(Keys.Source.Name), _output, pattern == RolePattern.Request, ReplyHandler(pattern, role))
            : null;
        return _findings.Errors.Count > _errorsBeforeRole ? null : new RolePlan(name, pattern, props!, draft.Endpoints, draft.Settings.Contract, source);
    }

    /// <summary>Notes an error for each endpoint that the engine has no transport for.</summary>
    private void CheckTransports(string name, RoleDraft draft)
    {
        if (_engine.Length == 0 || _findings.Errors.Count > _errorsBeforeRole) return;
        foreach (var endpoint in draft.Endpoints)
        {
            if (ZmqTransport.EndpointFault(_engine, endpoint) is not { } fault) continue;
            var key = EndpointKey.Find(_file, name, endpoint) ?? ConfigPath.Format(Keys.Roles.Name, name);
            _findings.Errors.Add(new ConfigError(_file.OriginOf(key), key, fault));
        }
    }

    private static Props? ReplyHandler(RolePattern pattern, RoleSection role) =>
        pattern == RolePattern.Request && role.Entries.Has(Keys.ReplyHandler) ? role.Handler() : null;

    /// <summary>The role's props, unless a key was wrong or a setting is out of its range, which is noted with the key at fault.</summary>
    private Props? Checked(Section section, RoleDraft draft)
    {
        if (_findings.Errors.Count > _errorsBeforeRole) return null;
        try
        {
            draft.Checked.Validate();
            return draft.Props();
        }
        catch (SecurityFileException) when (_only.Count > 0 && !_only.Contains(draft.Settings.Name))
        {
            // The role is for another machine, which has the keys and lists.
            return null;
        }
        catch (SocketSettingsException mistake)
        {
            section.Fault(mistake.Option, mistake.Fault);
            return null;
        }
    }
}

using Actors.Hocon;
using Actors.Hosting.Configuration;
using Actors.Hosting.Handlers;
using Akka.Actor;
using Akka.Configuration;
using Akka.DependencyInjection;
using Akka.Hosting;
using Microsoft.Extensions.Configuration;

namespace Actors.Hosting;

// Roles that a configuration names.
public sealed partial class ZeroMqBuilder
{
    /// <summary>
    /// The roles of a HOCON file, which the program <c>actors</c> runs as well (docs/configuration.md). Handlers that are classes
    /// are made by dependency injection. The file's sections <c>akka</c> and <c>actors</c> hold for the actor system; of
    /// <c>host</c>, the timeouts for start and stop do.
    /// </summary>
    /// <param name="path">The file, relative to the working directory.</param>
    /// <exception cref="ConfigurationException">The file has mistakes; each is named with its line and key.</exception>
    public ZeroMqBuilder FromFile(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return From(() => ConfigFile.Load(path, []));
    }

    /// <summary>The roles of a HOCON text; see <see cref="FromFile"/>.</summary>
    /// <param name="text">HOCON, with the section <c>roles</c>.</param>
    /// <exception cref="ConfigurationException">The text has mistakes; each is named with its line and key.</exception>
    public ZeroMqBuilder FromHocon(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return From(() =>
        {
            try
            {
                return ConfigFile.Of(new HoconDocument().AddText(text, "hocon"), "hocon");
            }
            catch (HoconFormatException mistake)
            {
                throw new ConfigException(mistake.Origin, null, mistake.Fault);
            }
        });
    }

    /// <summary>The roles of a configuration section, each under its name, with the keys of <see cref="FromFile"/>.</summary>
    /// <param name="roles">For example <c>Configuration.GetSection("Roles")</c>. Keys may be written as in C#, <c>InboundWindow</c>.</param>
    /// <exception cref="ConfigurationException">The section has mistakes; each is named with its key.</exception>
    public ZeroMqBuilder FromConfiguration(IConfigurationSection roles)
    {
        ArgumentNullException.ThrowIfNull(roles);
        return From(() => ConfigFile.Of(new HoconDocument().Set(Keys.Roles.Name, ConfigurationText.Of(roles), roles.Path), roles.Path));
    }

    /// <summary>Has <c>IRequiredActor&lt;TRole&gt;</c> find a role that was added by its name only.</summary>
    /// <typeparam name="TRole">The key.</typeparam>
    /// <param name="role">The role's name.</param>
    /// <exception cref="KeyNotFoundException">No such role was added before.</exception>
    public ZeroMqBuilder Key<TRole>(string role)
    {
        var index = _roles.FindIndex(known => known.Name == role);
        if (index < 0) throw new KeyNotFoundException($"there is no role \"{role}\" to be found by {typeof(TRole)}: expected one of {string.Join(", ", _roles.Select(known => known.Name))}");
        _roles[index] = _roles[index] with { Key = typeof(TRole), IsNamedByKey = true };
        return this;
    }

    /// <summary>Where the program's own handlers print.</summary>
    private static TextWriter Output => Console.IsOutputRedirected ? Console.Out : new TerminalWriter(Console.Out);

    private ZeroMqBuilder From(Func<ConfigFile> read)
    {
        var injected = new Dictionary<string, LateHandler>();
        try
        {
            var file = read();
            var plan = PlanReader.Read(file, [], Output, (role, handler) => (injected[role] = new LateHandler(handler)).Props);
            _warnings.AddRange(plan.Warnings.Where(warning => !warning.IsLogged).Select(warning => warning.ToString()));
            foreach (var role in plan.Roles)
            {
                if (role.Source is not null) throw Unfit(file, ConfigPath.Format(Keys.Roles.Name, role.Name, Keys.Source.Name), "is run by the program actors only: an app tells the role its messages");
                var handler = injected.GetValueOrDefault(role.Name);
                Add(new RoleRegistration(role.Name, null, false, StopTurns.Of(role.Pattern), role.Contract, handler is not null, (resolver, made) =>
                {
                    handler?.Resolve(resolver, made);
                    return role.Role;
                }));
            }
            if (plan.StopWhenDone) throw Unfit(file, ConfigPath.Format(Keys.Host.Name, Keys.StopWhenDone.Name), "is a key of the program actors: an app has no sources that end");
            if (IsSet(file, Keys.StartTimeout)) StartTimeout = plan.StartTimeout;
            if (IsSet(file, Keys.StopTimeout)) StopTimeout = plan.StopTimeout;
            Configure(file.Root, Keys.Akka.Name, HoconAddMode.Prepend);
            Configure(file.Root, Keys.ActorsSection.Name, HoconAddMode.Prepend);
            // Handlers that print run there.
            Configure(ProgramDefaults(), "actors-hosting", HoconAddMode.Append);
        }
        catch (ConfigException mistakes)
        {
            throw new ConfigurationException(mistakes.Message, mistakes);
        }
        return this;
    }

    private void Configure(ConfigObject root, string section, HoconAddMode mode)
    {
        if (root.Field(section) is { Value.IsNull: false } field)
            _akka.AddHocon(ConfigurationFactory.ParseString($"{ConfigPath.Format(section)} : {{\n{HoconWriter.Write(field.Value, withoutNulls: true)}}}\n"), mode);
    }

    private static ConfigObject ProgramDefaults()
    {
        using var reference = new StreamReader(typeof(ZeroMqBuilder).Assembly.GetManifestResourceStream("Actors.Hosting.output-dispatcher.conf")!);
        return new HoconDocument().AddText(reference.ReadToEnd(), "output-dispatcher.conf").ResolveObject();
    }

    private static bool IsSet(ConfigFile file, Key key) => file.Root.FieldAt(ConfigPath.Format(Keys.Host.Name, key.Name)) is { Value.IsNull: false };

    private static ConfigException Unfit(ConfigFile file, string key, string fault) => new(file.OriginOf(key), key, fault);

    /// <summary>A handler that is known by its class before dependency injection can make it.</summary>
    private sealed class LateHandler
    {
        private IDependencyResolver? _resolver;
        private Action<Exception?>? _made;

        public LateHandler(Type handler) => Props = Props.CreateBy(new InjectedHandler(() => _resolver!.Props(handler), handler, failure => _made!(failure)));

        public Props Props { get; }

        public void Resolve(IDependencyResolver resolver, Action<Exception?> made)
        {
            _resolver = resolver;
            _made = made;
        }
    }
}

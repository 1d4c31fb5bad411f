using Actors.Transport;
using Akka.Actor;
using Akka.Hosting;

namespace Actors.Hosting;

/// <summary>The roles of an actor system, while it is configured.</summary>
/// <remarks>
/// <para>
/// Each role has a key, a type of the app's own: <c>IRequiredActor&lt;TRole&gt;</c> is the role. The key's name is the role's name
/// in logs, events and health checks, unless the options give another; names differ within an actor system.
/// </para>
/// <para>
/// An endpoint is bound or connected by the pattern's usual direction: pull, publish, reply, queue, router, forwarder and
/// streamer bind; push, worker, subscribe, request, dealer and pair connect. An endpoint that only a listener can have (<c>*</c> for all addresses, a port that the system
/// chooses) is bound by any role. <c>bind:</c> or <c>connect:</c> in front of it says otherwise. What one endpoint cannot say, the
/// options can: they are told the settings and return others.
/// </para>
/// <para>
/// A handler that is named by its type is made by dependency injection, once, and again when it is restarted. It lives as long
/// as its role: a scoped service is had from an <c>IServiceScopeFactory</c>, in a scope for each message.
/// </para>
/// </remarks>
public sealed partial class ZeroMqBuilder
{
    private readonly List<RoleRegistration> _roles = [];
    private readonly List<string> _warnings = [];
    private readonly AkkaConfigurationBuilder _akka;

    internal ZeroMqBuilder(AkkaConfigurationBuilder akka) => _akka = akka;

    /// <summary>The time in which all roles have to open their sockets; beyond it, the host does not start. Default 10 s.</summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The time that stopping may take: to work off what has come, to send what waits, and to close the sockets. Null, the
    /// default, is four fifths of the host's <c>ShutdownTimeout</c>; a longer time is cut to that.
    /// </summary>
    public TimeSpan? StopTimeout { get; set; }

    internal IReadOnlyList<RoleRegistration> Roles => _roles;

    /// <summary>What is doubtful in the configurations of roles.</summary>
    internal IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Adds a role whose handler, if it has one, is made by dependency injection or by Props.</summary>
    /// <typeparam name="TRole">The key.</typeparam>
    /// <typeparam name="TSettings">The settings of the pattern.</typeparam>
    /// <param name="turn">When the role drains.</param>
    /// <param name="settings">The settings that the endpoints make.</param>
    /// <param name="options">The app's changes to them.</param>
    /// <param name="handler">Null for a role without one.</param>
    /// <param name="props">Makes the role, given the final settings and the handler.</param>
    private ZeroMqBuilder Add<TRole, TSettings>(StopTurn turn, TSettings settings, Func<TSettings, TSettings>? options, HandlerSource? handler, Func<TSettings, Props?, Props> props)
        where TSettings : RoleSettings
    {
        var final = options?.Invoke(settings) ?? settings;
        final.Validate();
        // Under its key, a role is found in the registry; of several with one key, the one without a name of its own is.
        Add(new RoleRegistration(final.Name, typeof(TRole), final.Name == typeof(TRole).Name, turn, final.Contract, handler?.IsInjected == true, (resolver, made) => props(final, handler?.Props(resolver, made))));
        return this;
    }

    private void Add(RoleRegistration role)
    {
        if (_roles.Find(known => known.Name == role.Name) is { } other)
            throw new InvalidOperationException($"two roles are named \"{role.Name}\", {Said(other)} and {Said(role)}: expected another name for one of them, by o => o with {{ Name = \"...\" }}");
        _roles.Add(role);

        static string Said(RoleRegistration role) => role.Key?.ToString() ?? "one of a configuration";
    }

    private ZeroMqBuilder Add<TRole, TSettings>(StopTurn turn, TSettings settings, Func<TSettings, TSettings>? options, Func<TSettings, Props> props)
        where TSettings : RoleSettings => Add<TRole, TSettings>(turn, settings, options, null, (final, _) => props(final));

    /// <summary>Made by dependency injection.</summary>
    private static HandlerSource Injected<THandler>()
        where THandler : ActorBase => new(true, (resolver, made) => Props.CreateBy(new InjectedHandler(() => resolver.Props<THandler>(), typeof(THandler), made)));

    private static HandlerSource Given(Props handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return new HandlerSource(false, (_, _) => handler);
    }

    private static string NameOf<TRole>() => typeof(TRole).Name;

    private static SocketSettings Binds<TRole>(string endpoint) => RoleEndpoint.Parse(NameOf<TRole>(), endpoint, usuallyBinds: true);

    private static SocketSettings Connects<TRole>(string endpoint) => RoleEndpoint.Parse(NameOf<TRole>(), endpoint, usuallyBinds: false);
}

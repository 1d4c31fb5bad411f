using Actors.Transport;
using Akka.Actor;
using Akka.Event;

namespace Actors;

/// <summary>The counts of all roles of an actor system, by name.</summary>
/// <remarks>
/// An Akka extension. Safe to use from any thread. The roles count for themselves, and are read only when somebody asks; drops
/// are counted as they are published, on the thread that publishes them.
/// </remarks>
internal sealed class RoleTelemetry : MinimalActorRef, IExtension
{
    // A system whose roles come and go under ever new names keeps as many accounts of stopped ones, or as many as have running ones.
    private const int FewAccounts = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, RoleAccount> _accounts = [];

    // The names of roles and sockets in MessagesDropped.
    private readonly Dictionary<string, RoleAccount> _sources = [];
    private int _most = FewAccounts;

    private RoleTelemetry(ExtendedActorSystem system)
    {
        Provider = system.Provider;
        Path = system.Provider.TempPath();
        system.EventStream.Subscribe(this, typeof(MessagesDropped));
        RoleMeter.Add(this);
        system.RegisterOnTermination(() => RoleMeter.Remove(this));
    }

    public override ActorPath Path { get; }

    public override IActorRefProvider Provider { get; }

    /// <summary>The counts of the roles of <paramref name="system"/>, from the first call on.</summary>
    public static RoleTelemetry Of(ActorSystem system) => system.WithExtension<RoleTelemetry, ExtensionProvider>();

    /// <summary>The counts of all roles that run, and of those that have stopped.</summary>
    public IReadOnlyList<RoleStatistics> Read()
    {
        RoleAccount[] accounts;
        lock (_lock) accounts = [.. _accounts.Values];
        return [.. accounts.Select(account => account.Read())];
    }

    /// <summary>The counts of the role of that name; null when there has been none.</summary>
    public RoleStatistics? Find(string role)
    {
        RoleAccount? account;
        lock (_lock) _accounts.TryGetValue(role, out account);
        return account?.Read();
    }

    /// <summary>A role actor begins to count.</summary>
    public void Started(RoleCounters counters)
    {
        RoleAccount account;
        lock (_lock)
        {
            account = AccountOf(counters.Role);
            foreach (var source in counters.Sources) _sources[source] = account;
        }
        account.Started(counters);
    }

    /// <summary>The role actor counts no more. What its sockets lose later is still counted.</summary>
    public void Ended(RoleCounters counters)
    {
        lock (_lock) _accounts.GetValueOrDefault(counters.Role)?.Ended(counters);
    }

    protected override void TellInternal(object message, IActorRef sender)
    {
        if (message is not MessagesDropped dropped) return;
        RoleAccount account;
        lock (_lock)
        {
            // A source of a host reports under the name of its role's actor, which is escaped.
            account = _sources.GetValueOrDefault(dropped.Source)
                ?? _sources.GetValueOrDefault(Uri.UnescapeDataString(dropped.Source))
                ?? (_sources[dropped.Source] = AccountOf(dropped.Source));
        }
        account.Dropped(dropped.Reason, dropped.Count);
    }

    private RoleAccount AccountOf(string role)
    {
        if (_accounts.TryGetValue(role, out var known)) return known;
        if (_accounts.Count >= _most) ForgetStopped();
        return _accounts[role] = new RoleAccount(role);
    }

    private void ForgetStopped()
    {
        foreach (var stopped in _accounts.Values.Where(account => !account.IsRunning).ToList()) _accounts.Remove(stopped.Role);
        foreach (var source in _sources.Where(source => !_accounts.ContainsKey(source.Value.Role)).Select(source => source.Key).ToList()) _sources.Remove(source);
        _most = Math.Max(FewAccounts, 2 * _accounts.Count);
    }

    private sealed class ExtensionProvider : ExtensionIdProvider<RoleTelemetry>
    {
        public override RoleTelemetry CreateExtension(ExtendedActorSystem system) => new(system);
    }
}

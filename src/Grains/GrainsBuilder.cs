using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using Actors.Grains.Calls;
using Actors.Grains.Clustering;
using Actors.Grains.Runtime;
using Actors.Grains.Storage;

namespace Actors.Grains;

/// <summary>The grains of an actor system, while it is configured. For one thread.</summary>
public sealed class GrainsBuilder
{
    private readonly Dictionary<string, GrainKind> _kinds = new(StringComparer.Ordinal);
    private readonly List<IJsonTypeInfoResolver> _resolvers = [];
    private readonly List<ICallFilter> _callerFilters = [];
    private readonly List<ICallFilter> _grainFilters = [];
    private Func<IServiceProvider, IGrainStore>? _store;

    internal GrainsBuilder()
    {
    }

    /// <summary>Where states and reminders are kept. Without one, a kind that has a state or takes reminders fails the start.</summary>
    public GrainStoreBuilder StoreIn => new(this);

    /// <summary>Time for a call, with all that it calls, unless its caller says otherwise. Default 30 s.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The clock of timers, reminders, deadlines and idle times. Default the system's.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>The cluster of this node. Default a cluster of one, which opens no port.</summary>
    public ClusterSettings Cluster { get; set; } = new();

    /// <summary>Hosts a kind on this node.</summary>
    /// <typeparam name="TGrain">A class that implements an interface with <see cref="GrainAttribute"/>.</typeparam>
    /// <param name="configure">Changes the kind's settings.</param>
    /// <exception cref="ArgumentException">The class is no grain, a setting is out of range, or its kind is hosted already.</exception>
    public GrainsBuilder Add<TGrain>(Action<GrainKindOptions>? configure = null)
        where TGrain : Grain
    {
        var found = GrainRegistry.FindClass(typeof(TGrain))
            ?? throw new ArgumentException($"{typeof(TGrain)} is no class of grains: expected one that implements an interface with [Grain(\"...\")], in a project that refers to the package Actors.Grains");
        return Add(found, configure);
    }

    /// <summary>Hosts all kinds of an assembly.</summary>
    /// <exception cref="ArgumentException">The assembly has no class of grains, or one whose kind is hosted already.</exception>
    public GrainsBuilder AddAssembly(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        var found = GrainRegistry.ClassesOf(assembly);
        if (found.Count == 0) throw new ArgumentException($"{assembly.GetName().Name} has no class of grains: expected one that implements an interface with [Grain(\"...\")], in a project that refers to the package Actors.Grains");
        foreach (var grain in found) Add(grain, null);
        return this;
    }

    /// <summary>
    /// Adds the metadata of types that are arguments, results or states: a <c>JsonSerializerContext</c>. A type that none knows is
    /// reflected once.
    /// </summary>
    public GrainsBuilder Json(IJsonTypeInfoResolver context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _resolvers.Add(context);
        return this;
    }

    /// <summary>Adds code around each call that this node sends. The first one added is outside.</summary>
    public GrainsBuilder FilterCalls(ICallFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        _callerFilters.Add(filter);
        return this;
    }

    /// <summary>Adds code around each call that a grain of this node works on. The first one added is outside.</summary>
    public GrainsBuilder FilterGrains(ICallFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        _grainFilters.Add(filter);
        return this;
    }

    internal GrainsBuilder Store(Func<IServiceProvider, IGrainStore> store)
    {
        if (_store is not null) throw new ArgumentException("the grains have a store already: expected one StoreIn");
        _store = store;
        return this;
    }

    /// <param name="needsStore">Whether a kind with a state or reminders needs <see cref="StoreIn"/>.</param>
    internal GrainSettings Build(bool needsStore = true)
    {
        if (CallTimeout <= TimeSpan.Zero) throw new ArgumentException($"{nameof(CallTimeout)} is {CallTimeout}: expected more than zero");
        if (needsStore && _store is null && _kinds.Values.FirstOrDefault(kind => kind.Class.NeedOfStore is not null)?.Class is { } storing)
            throw new ArgumentException($"{storing.Type} {storing.NeedOfStore} and the grains have no store: expected StoreIn.Sqlite(\"...\") or another");
        return new GrainSettings
        {
            Kinds = [.. _kinds.Values],
            Store = _store ?? (_ => new MemoryGrainStore()),
            HasOwnStore = _store is not null,
            Resolvers = _resolvers,
            CallerFilters = _callerFilters,
            GrainFilters = _grainFilters,
            CallTimeout = CallTimeout,
            Time = Time,
            Cluster = Cluster,
        };
    }

    /// <exception cref="ArgumentException">A setting is out of range, or the kind is hosted already.</exception>
    internal GrainsBuilder Add(GrainClass found, Action<GrainKindOptions>? configure)
    {
        var grains = GrainRegistry.FindInterface(found.Interface)
            ?? throw new ArgumentException($"{found.Interface}, which {found.Type} implements, was built without the generator of grains: expected that its project refers to the package Actors.Grains");
        var options = new GrainKindOptions();
        configure?.Invoke(options);
        options.Validate(grains.Kind);
        if (!_kinds.TryAdd(grains.Kind, new GrainKind(grains, found, options)))
            throw new ArgumentException($"the kind \"{grains.Kind}\" is {_kinds[grains.Kind].Class.Type}, and also {found.Type}: expected one class for a kind");
        return this;
    }
}

/// <summary>Names the store of grains.</summary>
public sealed class GrainStoreBuilder
{
    private readonly GrainsBuilder _grains;

    internal GrainStoreBuilder(GrainsBuilder grains) => _grains = grains;

    /// <summary>In memory: for tests, and for states that may go with the process. Each node has its own, so it is not for a cluster.</summary>
    public GrainsBuilder Memory() => In(_ => new MemoryGrainStore());

    /// <summary>A file of SQLite; made if it is missing. For one machine.</summary>
    /// <param name="file">Its path.</param>
    public GrainsBuilder Sqlite(string file) => Sqlite(new SqliteGrainStoreSettings(file));

    /// <summary>A file of SQLite, with all its settings.</summary>
    /// <exception cref="GrainStoreException">A setting is out of its range.</exception>
    public GrainsBuilder Sqlite(SqliteGrainStoreSettings settings)
    {
        settings.Validate();
        return In(_ => new SqliteGrainStore(settings));
    }

    /// <summary>A PostgreSQL database, whose tables are made if they are missing. For a cluster.</summary>
    /// <param name="connectionString">As Npgsql reads it: <c>Host=db;Database=app;Username=app;Password=...</c>.</param>
    /// <exception cref="GrainStoreException">The connection string cannot be read.</exception>
    public GrainsBuilder Postgres(string connectionString) => Postgres(new PostgresGrainStoreSettings(connectionString));

    /// <summary>A PostgreSQL database, with all its settings.</summary>
    /// <exception cref="GrainStoreException">A setting is out of its range.</exception>
    public GrainsBuilder Postgres(PostgresGrainStoreSettings settings)
    {
        var valid = settings.Validated();
        return In(_ => new PostgresGrainStore(valid));
    }

    /// <summary>A store of the app's own. The grains close it.</summary>
    public GrainsBuilder In(Func<IServiceProvider, IGrainStore> store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return _grains.Store(store);
    }
}

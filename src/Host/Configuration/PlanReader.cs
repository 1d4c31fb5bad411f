using System.Text;
using Actors.Host.Handlers;
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

        var section = root.Below(Keys.Roles.Name);
        var names = section.Names.ToList();
        if (names.Count == 0) root.Fault(Keys.Roles.Name, "is empty: expected at least one role");
        foreach (var unknown in only.Except(names))
            _errors.Add(new ConfigError(new Origin("--role", 0), unknown, $"there is no such role in {_file.File}{Nearest.Hint(unknown, names)}; it has {string.Join(", ", names)}"));
        // Every role is checked, also those that are not started here: one file serves several machines.
        var plans = names.Select(name => ReadRole(name, section.Below(name))).OfType<RolePlan>().ToList();
        var system = SystemConfig(root);
        if (_errors.Count > 0) throw new ConfigException(_errors);
        return new HostPlan(_file, [.. plans.Where(plan => only.Count == 0 || only.Contains(plan.Name))], system!, start, ready, stop, done);
    }

    private Config? SystemConfig(Section root)
    {
        try
        {
            return ConfigurationFactory.ParseString(root.Text(Keys.Akka.Name))
                .WithFallback(ConfigurationFactory.ParseString(root.Text(Keys.ActorsSection.Name)))
                .WithFallback(ConfigurationFactory.FromResource("Actors.Host.reference.conf", typeof(PlanReader).Assembly));
        }
        catch (Exception cause) when (cause is FormatException or ConfigurationException)
        {
            root.Fault(Keys.Akka.Name, cause.Message);
            return null;
        }
    }

    private RolePlan? ReadRole(string name, Section section)
    {
        _errorsBeforeRole = _errors.Count;
        var pattern = section.Get<RolePattern>(Keys.Pattern);
        // Without its pattern, nothing is known of the role's other keys.
        if (_errors.Count > _errorsBeforeRole) return null;
        var word = RolePatterns.Words.First(known => known.Pattern == pattern).Word;
        section.Allow(RolePatterns.KeysOf(pattern), $"a {word} role");
        if (section.Has(Keys.Acknowledged) && section.Get<Delivery>(Keys.Delivery) == Delivery.Plain)
            section.Fault(Keys.Acknowledged.Name, "is set, but the delivery is plain: expected delivery = acknowledged");
        if (section.Has(Keys.Journal) && section.Get<Delivery>(Keys.Delivery) == Delivery.Plain && section.Get<bool>(Keys.Journal))
            section.Fault(Keys.Journal.Name, "is sqlite, but the delivery is plain: expected delivery = acknowledged");
        var draft = Role(name, pattern, section);
        var props = Checked(section, draft);
        var source = section.Has(Keys.Source) && RolePatterns.KeysOf(pattern).Contains(Keys.Source)
            ? SourceReader.Read(section.Below(Keys.Source.Name), _output, pattern == RolePattern.Request, ReplyHandler(pattern, section))
            : null;
        return _errors.Count > _errorsBeforeRole ? null : new RolePlan(name, pattern, props!, draft.Endpoints, draft.Settings.Contract, source);
    }

    private Props? ReplyHandler(RolePattern pattern, Section section) =>
        pattern == RolePattern.Request && section.Has(Keys.ReplyHandler) ? Handler(section) : null;

    private RoleDraft Role(string name, RolePattern pattern, Section section)
    {
        switch (pattern)
        {
            case RolePattern.Request:
                var request = new RequestSettings
                {
                    Name = name,
                    Socket = Socket(section),
                    Delivery = section.Get<Delivery>(Keys.RequestDelivery),
                    Timeout = section.Get<TimeSpan>(Keys.Timeout),
                    Retry = new RetrySettings(section.Get<int>(Keys.Retries))
                    {
                        Interval = section.Get<TimeSpan>(Keys.RetryInterval),
                        IntervalMax = section.Get<TimeSpan>(Keys.RetryIntervalMax),
                        TryTimeout = section.Optional<TimeSpan>(Keys.TryTimeout),
                    },
                    MaxInFlight = section.Get<int>(Keys.RequestInFlight),
                    Outbound = Outbound(section, Keys.Overflow),
                };
                return new RoleDraft(request, () => RequestRole.Props(request), EndpointsOf(request.Socket));
            case RolePattern.Reply:
                var reply = new ReplySettings
                {
                    Name = name,
                    Socket = Socket(section),
                    HandlerTimeout = section.Get<TimeSpan>(Keys.HandlerTimeout),
                    MaxInFlight = section.Get<int>(Keys.ReplyInFlight),
                    Once = section.Get<bool>(Keys.Once),
                    OnceCapacity = section.Get<int>(Keys.OnceCapacity),
                    OnceAge = section.Get<TimeSpan>(Keys.OnceAge),
                    Queue = JoinedQueues(section),
                };
                var answering = Handler(section);
                return new RoleDraft(reply, () => ReplyRole.Props(reply, answering!), [.. EndpointsOf(reply.Socket), .. reply.Queue?.Endpoints ?? []]);
            case RolePattern.Queue:
                var queue = Queue(name, section);
                return new RoleDraft(queue, () => QueueRole.Props(queue), QueueEndpoints(queue));
            case RolePattern.Publish:
                var publish = new PublishSettings
                {
                    Name = name,
                    Socket = Socket(section),
                    Outbound = Outbound(section, Keys.PublishOverflow),
                    Retained = RetainedReader.OfPublisher(section, Socket),
                    ConfirmSubscriptions = section.Get<bool>(Keys.ConfirmSubscriptions),
                };
                return new RoleDraft(publish, () => PublishRole.Props(publish), [.. EndpointsOf(publish.Socket), .. publish.Retained?.Socket.Bind ?? []]);
            case RolePattern.Subscribe when section.Get<bool>(Keys.SubscribeDelivery):
                var retained = RetainedReader.OfSubscriber(name, section, Socket(section));
                var receiver = Handler(section);
                return new RoleDraft(retained, () => RetainedSubscribeRole.Props(retained, receiver!), EndpointsOf(retained.Socket));
            case RolePattern.Subscribe:
                if (section.Has(Keys.RetainedSubscription)) section.Fault(Keys.RetainedSubscription.Name, "is set, but the delivery is plain: expected delivery = retained");
                var subscribe = new SubscribeSettings
                {
                    Name = name,
                    Socket = Socket(section),
                    Topics = section.Get<IReadOnlyList<string>>(Keys.Topics),
                    InboundWindow = section.Get<int>(Keys.InboundWindow),
                    ConfirmTimeout = section.Get<TimeSpan>(Keys.ConfirmTimeout),
                };
                var subscriber = Handler(section);
                return new RoleDraft(subscribe, () => SubscribeRole.Props(subscribe, subscriber!), EndpointsOf(subscribe.Socket));
            case RolePattern.Push or RolePattern.Pull or RolePattern.Worker when section.Get<Delivery>(Keys.Delivery) == Delivery.Acknowledged:
                return AcknowledgedRole(name, pattern, section);
            case RolePattern.Push:
                var push = new PushSettings { Name = name, Socket = Socket(section), Outbound = Outbound(section, Keys.Overflow) };
                return new RoleDraft(push, () => PushRole.Props(push), EndpointsOf(push.Socket));
            case RolePattern.Pull:
                var pull = new PullSettings { Name = name, Socket = Socket(section), InboundWindow = section.Get<int>(Keys.InboundWindow) };
                var puller = Handler(section);
                return new RoleDraft(pull, () => PullRole.Props(pull, puller!), EndpointsOf(pull.Socket));
            default:
                var worker = new WorkerSettings
                {
                    Name = name,
                    Pull = Socket(BelowSocket(section, Keys.PullSection)),
                    Push = Socket(BelowSocket(section, Keys.PushSection)),
                    Workers = section.Get<int>(Keys.Workers),
                    Pool = section.Get<WorkerPool>(Keys.Pool),
                    InboundWindow = section.Get<int>(Keys.InboundWindow),
                    Outbound = Outbound(section, Keys.Overflow),
                };
                var working = Handler(section);
                return new RoleDraft(worker, () => WorkerRole.Props(worker, working!), [.. EndpointsOf(worker.Pull), .. EndpointsOf(worker.Push)]);
        }
    }

    private static JoinQueueSettings? JoinedQueues(Section section)
    {
        if (!section.Has(Keys.QueueSection)) return null;
        var below = section.Below(Keys.QueueSection.Name);
        below.Allow([Keys.QueueConnect, .. Keys.BothEnds], "the queue section");
        return new JoinQueueSettings(below.Get<IReadOnlyList<string>>(Keys.QueueConnect)) { Heartbeat = Heartbeat(below) };
    }

    private static QueueSettings Queue(string name, Section section) => new()
    {
        Name = name,
        Clients = Socket(BelowSocket(section, Keys.ClientsSection)),
        Servers = section.Has(Keys.ServersSection) ? Socket(BelowSocket(section, Keys.ServersSection)) : null,
        PlainServers = section.Has(Keys.PlainServersSection) ? Socket(BelowSocket(section, Keys.PlainServersSection, Keys.PlainInFlight)) : null,
        PlainInFlight = section.Below(Keys.PlainServersSection.Name).Get<int>(Keys.PlainInFlight),
        Capacity = section.Get<int>(Keys.QueueCapacity),
        Timeout = section.Get<TimeSpan>(Keys.QueueTimeout),
        TryTimeout = section.Optional<TimeSpan>(Keys.QueueTryTimeout),
        Redeliver = section.Get<Redelivery>(Keys.Redeliver),
        MaxTries = section.Get<int>(Keys.QueueTries),
        Remember = section.Get<int>(Keys.Remember),
        ErrorReply = section.Get<IReadOnlyList<string>>(Keys.ErrorReply) is { Count: > 0 } frames ? Message.FromText([.. frames]) : null,
        Heartbeat = Heartbeat(section),
    };

    private static HeartbeatSettings Heartbeat(Section section) =>
        new() { Interval = section.Get<TimeSpan>(Keys.PeerHeartbeat), Timeout = section.Get<TimeSpan>(Keys.PeerTimeout) };

    private static IReadOnlyList<string> QueueEndpoints(QueueSettings queue) =>
        [.. new[] { queue.Clients, queue.Servers, queue.PlainServers }.OfType<SocketSettings>().SelectMany(EndpointsOf)];

    private RoleDraft AcknowledgedRole(string name, RolePattern pattern, Section section)
    {
        if (section.Has(Keys.InboundWindow)) section.Fault(Keys.InboundWindow.Name, "is a key of delivery = plain: expected acknowledged.credit");
        switch (pattern)
        {
            case RolePattern.Push:
                var push = new AcknowledgedPushSettings
                {
                    Name = name,
                    Socket = Socket(section),
                    Outbound = Outbound(section, Keys.Overflow, Keys.OutstandingCapacity),
                    Acknowledged = Acknowledged(section, Keys.SendingEnd, "a push role"),
                    Journal = Journal(name, section),
                };
                return new RoleDraft(push, () => AcknowledgedPushRole.Props(push), EndpointsOf(push.Socket));
            case RolePattern.Pull:
                var pull = new AcknowledgedPullSettings
                {
                    Name = name,
                    Socket = Socket(section),
                    Acknowledged = Acknowledged(section, Keys.ReceivingEnd, "a pull role"),
                    Journal = Journal(name, section),
                };
                var puller = Handler(section);
                return new RoleDraft(pull, () => AcknowledgedPullRole.Props(pull, puller!), EndpointsOf(pull.Socket));
            default:
                if (section.Has(Keys.Outbound)) section.Fault(Keys.Outbound.Name, "is a section of delivery = plain: acknowledged.credit bounds the results as well");
                var worker = new AcknowledgedWorkerSettings
                {
                    Name = name,
                    Pull = Socket(BelowSocket(section, Keys.PullSection)),
                    Push = Socket(BelowSocket(section, Keys.PushSection)),
                    Workers = section.Get<int>(Keys.Workers),
                    Pool = section.Get<WorkerPool>(Keys.Pool),
                    Acknowledged = Acknowledged(section, [.. Keys.SendingEnd, .. Keys.ReceivingEnd], "a worker role"),
                };
                var working = Handler(section);
                return new RoleDraft(worker, () => AcknowledgedWorkerRole.Props(worker, working!), [.. EndpointsOf(worker.Pull), .. EndpointsOf(worker.Push)]);
        }
    }

    /// <param name="section">The role's section.</param>
    /// <param name="ends">The keys of the ends that the role has.</param>
    /// <param name="role">The role, for the error.</param>
    private static AcknowledgedSettings Acknowledged(Section section, IReadOnlyList<Key> ends, string role)
    {
        var below = section.Below(Keys.Acknowledged.Name);
        below.Allow([.. ends, .. Keys.BothEnds], $"the section of {role}");
        return new AcknowledgedSettings
        {
            TaskDeadline = below.Get<TimeSpan>(Keys.TaskDeadline),
            MaxTries = below.Get<int>(Keys.MaxTries),
            Credit = below.Get<int>(Keys.Credit),
            DedupWindow = below.Get<int>(Keys.DedupWindow),
            HeartbeatInterval = below.Get<TimeSpan>(Keys.PeerHeartbeat),
            HeartbeatTimeout = below.Get<TimeSpan>(Keys.PeerTimeout),
        };
    }

    private JournalSettings? Journal(string role, Section section)
    {
        if (!section.Get<bool>(Keys.Journal)) return null;
        if (!section.Has(Keys.JournalFile))
        {
            section.Fault(Keys.JournalFile.Name, $"is missing: expected {Keys.JournalFile.Type.Expected}, the path of the database");
            return null;
        }
        var file = section.Get<string>(Keys.JournalFile);
        if (file.Length > 0 && !_journals.TryAdd(Path.GetFullPath(file), role))
            section.Fault(Keys.JournalFile.Name, $"is the journal of {_journals[Path.GetFullPath(file)]} already: expected a file for each role");
        return new JournalSettings(file) { Sync = section.Get<JournalSync>(Keys.JournalSync), MaxSize = section.Optional<long>(Keys.JournalMaxSize) };
    }

    private static Section BelowSocket(Section section, Key key, params Key[] more)
    {
        var below = section.Below(key.Name);
        below.Allow([.. Keys.Socket, .. more], $"the {key.Name} socket");
        return below;
    }

    private Props? Handler(Section section)
    {
        if (section.Has(Keys.Handler)) return HandlerReader.Read(section.Below(Keys.Handler.Name), _output);
        section.Fault(Keys.Handler.Name, "is missing: expected a section with the handler's type");
        return null;
    }

    private OutboundSettings Outbound(Section section, Key overflow, Key? capacity = null)
    {
        capacity ??= Keys.Capacity;
        var below = section.Below(Keys.Outbound.Name);
        below.Allow([capacity, overflow], "outbound");
        return new OutboundSettings(below.Get<int>(capacity), below.Get<OverflowRule>(overflow));
    }

    /// <summary>The settings of the section's socket; its name and kind are the role's to set.</summary>
    private static SocketSettings Socket(Section section)
    {
        var bind = section.Get<IReadOnlyList<string>>(Keys.Bind);
        var connect = section.Get<IReadOnlyList<string>>(Keys.Connect);
        return RoleSocket.Bind([.. bind]) with
        {
            Connect = connect,
            SendHighWaterMark = section.Get<int>(Keys.SendHighWaterMark),
            ReceiveHighWaterMark = section.Get<int>(Keys.ReceiveHighWaterMark),
            Linger = section.Get<TimeSpan>(Keys.Linger),
            ReconnectInterval = section.Get<TimeSpan>(Keys.ReconnectInterval),
            ReconnectIntervalMax = section.Get<TimeSpan>(Keys.ReconnectIntervalMax),
            HeartbeatInterval = section.Optional<TimeSpan>(Keys.HeartbeatInterval),
            HeartbeatTimeout = section.Optional<TimeSpan>(Keys.HeartbeatTimeout),
            MaxMessageSize = section.Optional<long>(Keys.MaxMessageSize),
            RoutingId = section.Has(Keys.RoutingId) ? new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(section.Get<string>(Keys.RoutingId))) : default(ReadOnlyMemory<byte>?),
            RestartBackoff = section.Get<TimeSpan>(Keys.RestartBackoff),
            RestartBackoffMax = section.Get<TimeSpan>(Keys.RestartBackoffMax),
            OutboundWindow = section.Get<int>(Keys.OutboundWindow),
        };
    }

    private static IReadOnlyList<string> EndpointsOf(SocketSettings socket) => [.. socket.Bind, .. socket.Connect];

    /// <summary>The role's props, unless a key was wrong or a setting is out of its range, which is noted with the key at fault.</summary>
    private Props? Checked(Section section, RoleDraft draft)
    {
        if (_errors.Count > _errorsBeforeRole) return null;
        try
        {
            draft.Settings.Validate();
            return draft.Props();
        }
        catch (SocketSettingsException mistake)
        {
            section.Fault(mistake.Option, mistake.Fault);
            return null;
        }
    }

    /// <summary>A role as the file has it, before its settings are checked.</summary>
    private sealed record RoleDraft(RoleSettings Settings, Func<Props> Props, IReadOnlyList<string> Endpoints);
}

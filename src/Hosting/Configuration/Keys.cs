using Actors.Transport;

namespace Actors.Hosting.Configuration;

/// <summary>Every key of a configuration file. docs/configuration.md shows this table, and a test holds the two together.</summary>
internal static class Keys
{
    // ---- the file

    public static readonly Key Host = new("host", KeyType.Section, null, "Settings of the host itself.");
    public static readonly Key Roles = new("roles", KeyType.Section, Key.Required, "The roles, each under its own name.");
    public static readonly Key Variables = new("variables", KeyType.Section, null, "Free for values that the file refers to with ${variables.NAME}.");
    public static readonly Key Akka = new("akka", KeyType.Section, null, "Settings of the actor system, as Akka.NET documents them.");
    public static readonly Key ActorsSection = new("actors", KeyType.Section, null, "Settings of the transport, in the section `transport`.");

    public static readonly Key Transport = new("transport", KeyType.Section, null, "Settings of the transport.");
    public static readonly Key Engine = new(
        "engine",
        KeyType.Choice([.. ZmqTransport.EngineNames.Select(name => (name, name))]),
        "netmq",
        "The ZeroMQ library underneath: the package NetMQ, or our own engine, which also has ipc and ws, tells what its sockets lose, and is faster. The wire is the same (docs/promises.md).");
    public static readonly Key Pollers = new("pollers", KeyType.Count, "1", "How many threads share the sockets, from 1 to 1024.");
    public static readonly Key PollerDispatcher = new("poller-dispatcher", KeyType.Section, null, "Settings of each poller's dispatcher.");
    public static readonly Key Throughput = new("throughput", KeyType.Count, "64", "The most messages that one socket handles before the next one has its turn.");
    public static readonly Key ShutdownTimeout = new("shutdown-timeout", KeyType.Duration, "1s", "How long an idle poller keeps its thread.");

    public static readonly Key StartTimeout = new("start-timeout", KeyType.Duration, "10s", "How long all roles together may take to open their sockets.");
    public static readonly Key ReadyTimeout = new("ready-timeout", KeyType.Duration, "2s", "How long sources wait, when all sockets are open, for subscribers whose subscriptions are not in force yet; then they start all the same.");
    public static readonly Key StopTimeout = new("stop-timeout", KeyType.Duration, "5s", "How long stopping may take: four fifths for draining, the rest for closing the sockets. It bounds every `linger`. The process ends at the latest 0.5 s behind it, whatever hangs. `0s` does not drain.");
    public static readonly Key StopWhenDone = new("stop-when-done", KeyType.Switch, "off", "Stop when every source has ended, what it sent is delivered, and the handlers of this host have worked on what came of it.");

    // ---- every role

    public static readonly Key Pattern = new("pattern", KeyType.Choice(RolePatterns.Words), Key.Required, "What the role is.");

    // ---- sockets

    public static readonly Key Bind = new("bind", KeyType.Texts, null, "Endpoints to listen on: tcp://HOST:PORT, ipc://PATH, ws://HOST:PORT/PATH or inproc://NAME. One of bind and connect is needed.");
    public static readonly Key Connect = new("connect", KeyType.Texts, null, "Endpoints to connect to; peers need not be there yet.");
    public static readonly Key SendHighWaterMark = new("send-high-water-mark", KeyType.Count, "1000", "The most messages queued for one peer; 0 is without limit. A reply or queue role keeps as many again for a client that does not read, and drops further replies. With delivery = acknowledged, credit and capacity bound the queue instead.");
    public static readonly Key ReceiveHighWaterMark = new("receive-high-water-mark", KeyType.Count, "1000", "The most messages queued from one peer; 0 is without limit.");
    public static readonly Key Linger = new("linger", KeyType.Duration, "1s", "How long a closing socket goes on delivering what was sent.");
    public static readonly Key ReconnectInterval = new("reconnect-interval", KeyType.Duration, "100ms", "The first wait before a lost connection is tried again.");
    public static readonly Key ReconnectIntervalMax = new("reconnect-interval-max", KeyType.Duration, "5s", "The longest wait between tries; the wait doubles each time.");
    public static readonly Key HeartbeatInterval = new("heartbeat-interval", KeyType.Duration, null, "How often a peer is pinged; absent, never.");
    public static readonly Key HeartbeatTimeout = new("heartbeat-timeout", KeyType.Duration, null, "How long after an unanswered ping the connection is closed; absent, the interval.");
    public static readonly Key MaxMessageSize = new("max-message-size", KeyType.Size, null, "The largest frame accepted; a larger one ends its connection. Absent, without limit.");
    public static readonly Key RoutingId = new("routing-id", KeyType.Text, null, "The name by which ROUTER peers know this socket; absent, they choose one.");
    public static readonly Key RestartBackoff = new("restart-backoff", KeyType.Duration, "100ms", "The first wait before a failed socket is opened again.");
    public static readonly Key RestartBackoffMax = new("restart-backoff-max", KeyType.Duration, "10s", "The longest wait before a failed socket is opened again; the wait doubles each time.");
    public static readonly Key OutboundWindow = new("outbound-window", KeyType.Count, "512", "The most messages on their way from the role to its socket.");

    public static readonly IReadOnlyList<Key> Socket =
    [
        Bind, Connect, SendHighWaterMark, ReceiveHighWaterMark, Linger, ReconnectInterval, ReconnectIntervalMax, HeartbeatInterval,
        HeartbeatTimeout, MaxMessageSize, RoutingId, RestartBackoff, RestartBackoffMax, OutboundWindow, SecurityKeys.Section,
    ];

    // ---- sections of roles

    public static readonly Key Outbound = new("outbound", KeyType.Section, null, "What waits while no peer takes messages.");
    public static readonly Key Handler = new("handler", KeyType.Section, Key.Required, "The actor that is told what the role receives.");
    public static readonly Key ReplyHandler = Handler with { Default = null, Description = "The actor that is told the replies; absent, they are not looked at." };
    public static readonly Key Source = new("source", KeyType.Section, null, "What the role sends; absent, only what other actors tell it.");
    public static readonly Key PullSection = new("pull", KeyType.Section, Key.Required, "The socket that tasks come from: the keys of a socket.");
    public static readonly Key PushSection = new("push", KeyType.Section, Key.Required, "The socket that results go to: the keys of a socket.");

    /// <summary>Of an acknowledged push role, where it counts what is outstanding.</summary>
    public static readonly Key OutstandingCapacity = new("capacity", KeyType.Count, "10000", "The most tasks that are outstanding.");
    public static readonly Key Capacity = new("capacity", KeyType.Count, "1000", "The most messages that wait in the role.");
    public static readonly Key Overflow = new(
        "overflow",
        KeyType.Choice(
            ("backpressure", OverflowRule.Backpressure),
            ("drop-newest", OverflowRule.DropNewest),
            ("drop-oldest", OverflowRule.DropOldest),
            ("fail", OverflowRule.Fail)),
        "backpressure",
        "What happens when it is full: sources wait, the new or the oldest message is dropped and counted, or the sender is told.");
    public static readonly Key PublishOverflow = Overflow with { Default = "drop-newest" };

    // ---- single roles

    public static readonly Key HandlerTimeout = new("handler-timeout", KeyType.Duration, "30s", "How long the handler may take for a request.");
    public static readonly Key ReplyInFlight = new("max-in-flight", KeyType.Count, "256", "The most requests in the handler's hands; further ones wait at the peers.");
    public static readonly Key Timeout = new("timeout", KeyType.Duration, "30s", "How long a request may take, waiting included.");
    public static readonly Key RequestInFlight = new("max-in-flight", KeyType.Count, "1", "The most unanswered requests; with more than 1 each request bears a number.");
    public static readonly Key RequestDelivery = new(
        "delivery",
        KeyType.Choice(("plain", false), ("acknowledged", true)),
        "plain",
        "plain: what any REP peer is sent by a REQ; acknowledged: each request bears an id, so that a reply role with once knows a repeat (docs/protocols/request-reply.md).");
    public static readonly Key Retries = new("retries", KeyType.Count, "0", "How many tries follow the first, at another server of the connect list where one is connected.");
    public static readonly Key RetryInterval = new("retry-interval", KeyType.Duration, "100ms", "The wait before the second try.");
    public static readonly Key RetryIntervalMax = new("retry-interval-max", KeyType.Duration, "5s", "The longest wait between tries of a request; the wait doubles each time.");
    public static readonly Key TryTimeout = new("try-timeout", KeyType.Duration, null, "How long a try waits for its reply; absent, an equal share of timeout. The last try has the rest of the time.");
    public static readonly Key Once = new("once", KeyType.Switch, "off", "Whether a repeat of a request that bears an id gets the reply of the first, instead of being worked on again.");
    public static readonly Key OnceCapacity = new("once-capacity", KeyType.Count, "10000", "The most replies kept for repeats; the oldest go first.");
    public static readonly Key OnceAge = new("once-age", KeyType.Duration, "5m", "How long a reply is kept for repeats; clients should not retry for longer.");
    public static readonly Key Topics = new("topics", KeyType.Texts, "[]", "The prefixes to receive; an empty text takes all, none takes nothing.");
    public static readonly Key InboundWindow = new("inbound-window", KeyType.Count, "1000", "The most messages in the handler's hands; further ones wait at the peers.");
    public static readonly Key Workers = new("workers", KeyType.Count, "1", "How many workers share the tasks, at most 10000.");
    public static readonly Key Pool = new(
        "pool",
        KeyType.Choice(("round-robin", WorkerPool.RoundRobin), ("smallest-mailbox", WorkerPool.SmallestMailbox), ("random", WorkerPool.Random)),
        "round-robin",
        "How they share them.");

    // ---- queues of requests

    public static readonly Key QueueSection = new("queue", KeyType.Section, null, "The queues that the role joins as a server; then it needs no endpoint of its own (docs/protocols/queue.md).");
    public static readonly Key QueueConnect = new("connect", KeyType.Texts, Key.Required, "Where the queues listen for servers.");
    public static readonly Key ClientsSection = new("clients", KeyType.Section, Key.Required, "The socket that clients connect to: the keys of a socket.");
    public static readonly Key ServersSection = new("servers", KeyType.Section, null, "The socket that servers connect to which announce themselves: the keys of a socket. One of servers and plain-servers is needed.");
    public static readonly Key PlainServersSection = new("plain-servers", KeyType.Section, null, "REP programs, which the queue connects to or which connect to it: the keys of a socket, and max-in-flight.");
    public static readonly Key PlainInFlight = new("max-in-flight", KeyType.Count, "1", "The most requests that a plain server has at once; they are lost with it.");
    public static readonly Key QueueCapacity = new("capacity", KeyType.Count, "1000", "The most requests that wait for a server; a further one is refused at once.");
    public static readonly Key QueueTimeout = new("timeout", KeyType.Duration, "30s", "How long the queue keeps a request; it should be the clients' timeout.");
    public static readonly Key QueueTryTimeout = new("try-timeout", KeyType.Duration, null, "After so long without a reply a request that may be redelivered goes to another server; absent, only when its server is gone.");
    public static readonly Key Redeliver = new(
        "redeliver",
        KeyType.Choice(("identified", Redelivery.Identified), ("always", Redelivery.Always), ("never", Redelivery.Never)),
        "identified",
        "Which requests of a lost server go to another: those that bear an id (delivery = acknowledged at the client), all, or none. For work that must not be done twice: never.");
    public static readonly Key QueueTries = new("max-tries", KeyType.Count, "3", "How many servers a request is given to, one after the other, until it counts as lost.");
    public static readonly Key Remember = new("remember", KeyType.Count, "10000", "Of how many answered requests the queue remembers the server, so that a repeat goes there.");
    public static readonly Key ErrorReply = new("error-reply", KeyType.Texts, null, "What a client without ids is sent when there is no reply, a frame a text; absent, nothing. Clients with ids are always told.");

    // ---- dealer and router

    public static readonly Key DealerDelimiter = new("delimiter", KeyType.Switch, "off", "Whether an empty frame is put before each message sent and taken off each one received, as REP peers expect.");
    public static readonly Key RouterDelimiter = DealerDelimiter with { Description = "Whether an empty frame is put behind the routing id of each message sent and taken off each one received, as REQ peers expect." };
    public static readonly Key Handover = new("handover", KeyType.Switch, "off", "Whether a peer that comes with the routing id of another takes its place; off, the newcomer is turned away.");
    public static readonly Key RouterSource = Source with { Description = "What the role sends: the first frame of each message is the routing id of its peer. Absent, only what other actors tell it." };

    // ---- proxies

    public static readonly Key FrontendSection = new("frontend", KeyType.Section, Key.Required, "The socket that messages come from: the keys of a socket.");
    public static readonly Key BackendSection = new("backend", KeyType.Section, Key.Required, "The socket that messages go to: the keys of a socket.");
    public static readonly Key CaptureSection = new("capture", KeyType.Section, null, "The socket that a copy of each message goes to, in either direction: the keys of a socket, and type. Absent, there are no copies.");
    public static readonly Key CaptureType = new(
        "type",
        KeyType.Choice(("publish", CaptureKind.Publish), ("push", CaptureKind.Push)),
        "publish",
        "publish: to all subscribers, and nobody holds the proxy back; push: to one puller, in turn, and while nobody takes the copies the proxy waits.");
    public static readonly Key ProxyWindow = new("inbound-window", KeyType.Count, "1000", "The most messages in the proxy's hands; further ones wait at the peers.");

    public static readonly IReadOnlyList<Key> Proxy = [Pattern, FrontendSection, BackendSection, CaptureSection, ProxyWindow];

    // ---- acknowledged delivery

    public static readonly Key Delivery = new(
        "delivery",
        KeyType.Choice(("plain", false), ("acknowledged", true)),
        "plain",
        "plain: any ZeroMQ peer, and what a peer was sent is lost with it. acknowledged: docs/protocols/pipeline.md, and each task is delivered or accounted for.");
    public static readonly Key Acknowledged = new("acknowledged", KeyType.Section, null, "Settings of delivery = acknowledged.");
    public static readonly Key TaskDeadline = new("task-deadline", KeyType.Duration, "60s", "How long a peer may take for a task, with all that follows from it, until it is sent again.");
    public static readonly Key MaxTries = new("max-tries", KeyType.Count, "10", "After so many tries a task is dead-lettered.");
    public static readonly Key Credit = new("credit", KeyType.Count, "4096", "The most unacknowledged tasks that each sending peer may have here; fewer while the work is slow, about as many as are done in a second or two.");
    public static readonly Key DedupWindow = new("dedup-window", KeyType.Count, "100000", "How many ids of finished tasks are remembered, to drop repeats.");
    public static readonly Key PeerHeartbeat = new("heartbeat-interval", KeyType.Duration, "1s", "How often each peer is told that this end is there; deadlines are looked at as often.");
    public static readonly Key PeerTimeout = new("heartbeat-timeout", KeyType.Duration, "5s", "How long a peer may be silent until what it has goes to another; at least twice the interval.");

    public static readonly Key Journal = new(
        "journal",
        KeyType.Choice(("none", false), ("sqlite", true)),
        "none",
        "Of delivery = acknowledged. none: what the role knows ends with its host; sqlite: it survives the host, in a database.");
    public static readonly Key JournalFile = new("journal-file", KeyType.Text, null, "The database, relative to the working directory; made where there is none. Needed with journal = sqlite, a file for each role.");
    public static readonly Key JournalSync = new(
        "journal-sync",
        KeyType.Choice(("full", Actors.JournalSync.Full), ("normal", Actors.JournalSync.Normal)),
        "full",
        "full: nothing counts as recorded before the disk has it (fsync for each commit), which survives a loss of power; normal: survives a kill of the host.");
    public static readonly Key JournalMaxSize = new("journal-max-size", KeyType.Size, null, "The most bytes of the database; a full one holds sources or peers back. Absent, without limit.");

    public static readonly IReadOnlyList<Key> Journals = [Journal, JournalFile, JournalSync, JournalMaxSize];

    public static readonly IReadOnlyList<Key> SendingEnd = [TaskDeadline, MaxTries];
    public static readonly IReadOnlyList<Key> ReceivingEnd = [Credit, DedupWindow];
    public static readonly IReadOnlyList<Key> BothEnds = [PeerHeartbeat, PeerTimeout];

    // ---- retained publish and subscribe

    public static readonly Key MaxSubscriptions = new(
        "max-subscriptions",
        KeyType.Count,
        null,
        "The most topics of one plain subscriber; with one more its connection ends, and both ends log why. 0 is without limit. Absent, 100000 with the engine zmtp, and without limit with netmq, which has none.");
    public static readonly Key ConfirmSubscriptions = new(
        "confirm-subscriptions",
        KeyType.Switch,
        "off",
        "Whether our plain subscribers in other processes are told when their subscriptions are in force, by a message of a reserved topic, which plain peers that take all topics see as well.");
    public static readonly Key ConfirmTimeout = new("confirm-timeout", KeyType.Duration, "200ms", "How long a connected publisher may take to confirm the subscriptions, which plain peers never do, until the role counts as ready; 0s does not ask.");
    public static readonly Key Retain = new(
        "retain",
        KeyType.Choice<Retain?>(("none", null), ("last", Actors.Retain.Last), ("window", Actors.Retain.Window)),
        "none",
        "What is kept for subscribers with delivery = retained that come late or come back: nothing, the last value of each topic (the first frame), or the latest messages.");
    public static readonly Key Retained = new("retained", KeyType.Section, null, "Settings of retain = last and window: the keys below, and those of the socket that subscribers with delivery = retained connect to.");
    public static readonly Key SubscribeDelivery = new(
        "delivery",
        KeyType.Choice(("plain", false), ("retained", true)),
        "plain",
        "plain: any PUB peer, and what is missed is lost. retained: connects to the retained sockets of publish roles (docs/protocols/broadcast.md), and what was missed is received or told as a gap.");
    public static readonly Key RetainedSubscription = Retained with { Description = "Settings of delivery = retained." };
    public static readonly Key RetainedCount = new("count", KeyType.Count, "10000", "The most messages kept.");
    public static readonly Key RetainedBytes = new("bytes", KeyType.Size, "64MiB", "The most payload kept; the latest message is kept whatever its size.");
    public static readonly Key RetainedAge = new("age", KeyType.Duration, null, "How long a message is kept; absent, without limit.");
    public static readonly Key RetainedTopics = new("topics", KeyType.Count, "10000", "With retain = last: the most topics whose value is kept behind the latest messages.");
    public static readonly Key RetainedSessions = new("sessions", KeyType.Count, "10000", "The most subscribers with a session; beyond them, the session ends whose subscriber was silent for longest.");
    public static readonly Key SlowSubscriber = new(
        "slow-subscriber",
        KeyType.Choice(("drop", Actors.SlowSubscriber.Drop), ("disconnect", Actors.SlowSubscriber.Disconnect)),
        "drop",
        "What becomes of a subscriber when a message that it was not sent yet is no longer kept: it is told the gap, or its session is ended; counted either way.");
    public static readonly Key SubscriberHeartbeat = new("heartbeat-interval", KeyType.Duration, "1s", "How often each peer is told that this end is there; ages are looked at as often.");
    public static readonly Key SubscriberTimeout = new("heartbeat-timeout", KeyType.Duration, "5s", "How long a peer may be silent until its session ends; at least twice the interval.");

    public static readonly IReadOnlyList<Key> RetainedEnd = [SubscriberHeartbeat, SubscriberTimeout];
    public static readonly IReadOnlyList<Key> RetainedPublisher = [RetainedCount, RetainedBytes, RetainedAge, RetainedTopics, RetainedSessions, SlowSubscriber, .. RetainedEnd];

    // ---- handlers and sources

    public static readonly Key HandlerType = new("type", KeyType.Text, Key.Required, "echo, constant, console, exec, or an actor class: \"Namespace.Class, Assembly\".");
    public static readonly Key HandlerPrint = new("print", KeyType.Text, null, "A line to print for each message; {text}, {hex}, {size}, {frames} stand for it, and {peer} for the routing id that a router has it from.");
    public static readonly Key ConsolePrint = HandlerPrint with { Default = "\"{text}\"" };
    public static readonly Key ConstantText = new("text", KeyType.Texts, Key.Required, "The reply, a frame a text.");
    public static readonly Key Command = new("command", KeyType.Texts, Key.Required, "The program and its arguments; a message goes to its input, its output is the reply. In a reply role, up to `max-in-flight` run at once; in other roles, or in each worker, one.");
    public static readonly Key CommandTimeout = new("timeout", KeyType.Duration, "30s", "How long the program may run, in a reply role at most `handler-timeout`; then it is killed with all that it started, and the message has failed.");
    public static readonly Key Assembly = new("assembly", KeyType.Text, null, "The file of the assembly, relative to the working directory; absent, it is found by name.");

    public static readonly Key SourceType = new("type", KeyType.Choice(SourceKinds.Words), Key.Required, "What is sent.");
    public static readonly Key SourcePrint = HandlerPrint with { Description = "A line to print for each message sent." };
    public static readonly Key TickerText = new("text", KeyType.Texts, Key.Required, "The message, a frame a text.");
    public static readonly Key TickerInterval = new("interval", KeyType.Duration, "1s", "The mean time between two messages, from 1ms; single gaps vary by a few milliseconds. A source that was held back for more than 1s does not make up for it.");
    public static readonly Key TickerCount = new("count", KeyType.Count, "0", "How many messages; 0 is without end.");
    public static readonly Key LinesPath = new("path", KeyType.Text, Key.Required, "The file; each line is a message.");
    public static readonly Key LineSeparator = new("separator", KeyType.Text, null, "Divides each line into the frames of its message; absent, a line is one frame.");
}

/// <summary>What a role can be.</summary>
internal enum RolePattern
{
    Request,
    Reply,
    Publish,
    Subscribe,
    Push,
    Pull,
    Worker,
    Queue,
    Dealer,
    Router,
    Pair,
    Forwarder,
    Streamer,
    Gateway,
}

/// <summary>The words for patterns in a file, and the keys that each has.</summary>
internal static class RolePatterns
{
    public static readonly (string Word, RolePattern Pattern)[] Words =
    [
        ("request", RolePattern.Request), ("reply", RolePattern.Reply), ("publish", RolePattern.Publish),
        ("subscribe", RolePattern.Subscribe), ("push", RolePattern.Push), ("pull", RolePattern.Pull), ("worker", RolePattern.Worker), ("queue", RolePattern.Queue),
        ("dealer", RolePattern.Dealer), ("router", RolePattern.Router), ("pair", RolePattern.Pair), ("forwarder", RolePattern.Forwarder), ("streamer", RolePattern.Streamer),
        ("gateway", RolePattern.Gateway),
    ];

    /// <summary>The keys of a role of that pattern.</summary>
    public static IReadOnlyList<Key> KeysOf(RolePattern pattern) => pattern switch
    {
        RolePattern.Request =>
        [
            Keys.Pattern, Keys.RequestDelivery, Keys.Timeout, Keys.Retries, Keys.RetryInterval, Keys.RetryIntervalMax, Keys.TryTimeout,
            Keys.RequestInFlight, Keys.Source, Keys.ReplyHandler, Keys.Outbound, .. Keys.Socket,
        ],
        RolePattern.Reply => [Keys.Pattern, Keys.Handler, Keys.HandlerTimeout, Keys.ReplyInFlight, Keys.Once, Keys.OnceCapacity, Keys.OnceAge, Keys.QueueSection, .. Keys.Socket],
        RolePattern.Queue =>
        [
            Keys.Pattern, Keys.ClientsSection, Keys.ServersSection, Keys.PlainServersSection, Keys.QueueCapacity, Keys.QueueTimeout, Keys.QueueTryTimeout,
            Keys.Redeliver, Keys.QueueTries, Keys.Remember, Keys.ErrorReply, .. Keys.BothEnds,
        ],
        RolePattern.Publish => [Keys.Pattern, Keys.Retain, Keys.Retained, Keys.MaxSubscriptions, Keys.ConfirmSubscriptions, Keys.Source, Keys.Outbound, .. Keys.Socket],
        RolePattern.Subscribe => [Keys.Pattern, Keys.SubscribeDelivery, Keys.RetainedSubscription, Keys.Topics, Keys.Handler, Keys.InboundWindow, Keys.ConfirmTimeout, .. Keys.Socket],
        RolePattern.Push => [Keys.Pattern, Keys.Delivery, Keys.Acknowledged, .. Keys.Journals, Keys.Source, Keys.Outbound, .. Keys.Socket],
        RolePattern.Pull => [Keys.Pattern, Keys.Delivery, Keys.Acknowledged, .. Keys.Journals, Keys.Handler, Keys.InboundWindow, .. Keys.Socket],
        RolePattern.Dealer => [Keys.Pattern, Keys.DealerDelimiter, Keys.Source, Keys.Handler, Keys.InboundWindow, Keys.Outbound, .. Keys.Socket],
        RolePattern.Router => [Keys.Pattern, Keys.Handover, Keys.RouterDelimiter, Keys.RouterSource, Keys.Handler, Keys.InboundWindow, Keys.Outbound, .. Keys.Socket],
        RolePattern.Pair => [Keys.Pattern, Keys.Source, Keys.Handler, Keys.InboundWindow, Keys.Outbound, .. Keys.Socket],
        RolePattern.Forwarder or RolePattern.Streamer => Keys.Proxy,
        RolePattern.Gateway => GatewayKeys.All,
        _ => [Keys.Pattern, Keys.Delivery, Keys.Acknowledged, Keys.Handler, Keys.Workers, Keys.Pool, Keys.InboundWindow, Keys.Outbound, Keys.PullSection, Keys.PushSection],
    };
}

/// <summary>What a source can be.</summary>
internal enum SourceKind
{
    Ticker,
    Stdin,
    Lines,
}

/// <summary>The words for sources in a file, and the keys that each has.</summary>
internal static class SourceKinds
{
    public static readonly (string Word, SourceKind Kind)[] Words = [("ticker", SourceKind.Ticker), ("stdin", SourceKind.Stdin), ("lines", SourceKind.Lines)];

    public static IReadOnlyList<Key> KeysOf(SourceKind kind) => kind switch
    {
        SourceKind.Ticker => [Keys.SourceType, Keys.SourcePrint, Keys.TickerText, Keys.TickerInterval, Keys.TickerCount],
        SourceKind.Stdin => [Keys.SourceType, Keys.SourcePrint, Keys.LineSeparator],
        _ => [Keys.SourceType, Keys.SourcePrint, Keys.LinesPath, Keys.LineSeparator],
    };
}

/// <summary>The keys of each kind of handler.</summary>
internal static class HandlerKinds
{
    public static readonly IReadOnlyList<string> BuiltIn = ["echo", "constant", "console", "exec"];

    /// <param name="type">A built-in handler; any other text is an actor class.</param>
    public static IReadOnlyList<Key> KeysOf(string type) => type switch
    {
        "echo" => [Keys.HandlerType, Keys.HandlerPrint],
        "constant" => [Keys.HandlerType, Keys.HandlerPrint, Keys.ConstantText],
        "console" => [Keys.HandlerType, Keys.ConsolePrint],
        "exec" => [Keys.HandlerType, Keys.HandlerPrint, Keys.Command, Keys.CommandTimeout],
        _ => [Keys.HandlerType, Keys.Assembly],
    };
}

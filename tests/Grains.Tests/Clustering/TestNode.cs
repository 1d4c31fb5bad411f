using Actors.Grains.Clustering;
using Actors.Grains.Serialization;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using Akka.Configuration;
using Akka.Remote;
using Akka.Remote.Transport;
using ClusterSettings = Actors.Grains.Clustering.ClusterSettings;

namespace Grains.Tests.Clustering;

/// <summary>One node of a cluster in this process, with a sharded kind that answers its key and the node it is on.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);

    private TestNode(ActorSystem system, ClusterStart start, ClusterSettings settings)
    {
        System = system;
        Start = start;
        Settings = settings;
        Region = ClusterSharding.Get(system).Start("echo", Props.Create(() => new Echo()), ClusterShardingSettings.Create(system), new ByKey(settings.Shards));
    }

    public ActorSystem System { get; }

    public ClusterStart Start { get; }

    public ClusterSettings Settings { get; }

    public IActorRef Region { get; }

    public Cluster Cluster => Cluster.Get(System);

    public Address Address => Cluster.SelfAddress;

    public ClusterEnd? Ended { get; private set; }

    public RefusingSerializer Refusing => (RefusingSerializer)System.Serialization.FindSerializerForType(typeof(object));

    /// <summary>Starts a node and waits until it is up.</summary>
    /// <param name="settings">Of a cluster; port and seed nodes are set here.</param>
    /// <param name="seed">A node to join; null founds a cluster.</param>
    /// <param name="extra">More configuration, before that of the cluster.</param>
    public static async Task<TestNode> StartAsync(ClusterSettings settings, TestNode? seed = null, string extra = "")
    {
        // The port is known once it is bound: a founder takes its own as its seed.
        if (settings.Nodes > 1) settings = settings with { SeedNodes = ["127.0.0.1:1"] };
        // Terminate is a crash here: a test that wants a leave asks for one. And a machine that is busy with other tests loses no node.
        var config = ConfigurationFactory.ParseString(extra + "\nakka.cluster.failure-detector.acceptable-heartbeat-pause = 5 s\nakka.coordinated-shutdown.run-by-actor-system-terminate = off\nakka.coordinated-shutdown.run-by-clr-shutdown-hook = off\nakka.loglevel = OFF\nakka.stdout-loglevel = OFF\n")
            .WithFallback(ConfigurationFactory.ParseString(ClusterConfig.Of(settings)));
        var system = ActorSystem.Create("test", config);
        var address = (seed?.Cluster ?? Cluster.Get(system)).SelfAddress;
        if (settings.Nodes > 1) settings = settings with { SeedNodes = [$"{address.Host}:{address.Port}"] };
        TestNode? node = null;
        ClusterEnd? ended = null;
        var start = ClusterStart.Join(system, settings, end =>
        {
            if (node is null) ended = end;
            else node.Ended = end;
        });
        node = new TestNode(system, start, settings) { Ended = ended };
        await start.WhenReady.WaitAsync(Limit);
        return node;
    }

    /// <summary>Asks a key, again and again, until it answers; the answer is the address of the node that it is on.</summary>
    public async Task<string> AskAsync(string key)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            try
            {
                var answer = await Region.Ask<string>(key, TimeSpan.FromMilliseconds(500), limit.Token);
                Assert.StartsWith(key + " on ", answer);
                return answer[(key.Length + 4)..];
            }
            catch (AskTimeoutException)
            {
                Assert.False(limit.IsCancellationRequested, $"{key} did not answer within {Limit}");
            }
        }
    }

    /// <summary>Asks many keys at once; gives the nodes that they are on.</summary>
    public async Task<string[]> AskAllAsync(int keys) => await Task.WhenAll(Enumerable.Range(0, keys).Select(i => AskAsync($"key-{i}")));

    /// <summary>Asks many keys until they are spread over so many nodes, which happens by rebalancing.</summary>
    public async Task<string[]> AskUntilSpreadAsync(int keys, int nodes)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            var found = await AskAllAsync(keys);
            if (found.Distinct().Count() == nodes) return found;
            Assert.False(limit.IsCancellationRequested, $"{keys} keys were on {found.Distinct().Count()} nodes after {Limit}: expected {nodes}");
        }
    }

    /// <summary>Waits until this node knows of so many members.</summary>
    public async Task WaitForMembersAsync(int count)
    {
        var done = new TaskCompletionSource();
        var watcher = System.ActorOf(Props.Create(() => new MemberCount(count, done)));
        try
        {
            await done.Task.WaitAsync(Limit);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{Address} knew of {string.Join(", ", Cluster.State.Members)} after {Limit}: expected {count} members");
        }
        System.Stop(watcher);
    }

    /// <summary>Throws away all that this node sends to another one and receives of it. The node was started with <see cref="CanBeCut"/>.</summary>
    public async Task CutAsync(TestNode other)
    {
        var transport = ((IRemoteActorRefProvider)((ExtendedActorSystem)System).Provider).Transport;
        Assert.True(await transport.ManagementCommand(new SetThrottle(other.Address, ThrottleTransportAdapter.Direction.Both, Blackhole.Instance)));
    }

    // On a busy machine a node may notice two losses of one cut more than a second apart. With the shipped second of patience it would decide
    // twice: shut out the first with the third beside it, and then, one of two, go on alone when it has the lower address.
    public const string CanBeCut = "akka.remote.zmq.applied-adapters = [trttl]\nakka.cluster.split-brain-resolver.stable-after = 3 s";

    /// <summary>Ends the actor system without a word to the others.</summary>
    public Task CrashAsync() => System.Terminate().WaitAsync(Limit);

    public async ValueTask DisposeAsync() => await CrashAsync();

    private sealed class Echo : ReceiveActor
    {
        public Echo() => Receive<string>(key => Sender.Tell($"{key} on {Cluster.Get(Context.System).SelfAddress}"));
    }

    // Counts by the events themselves: Cluster.State is a view that may learn of an event after its other subscribers.
    private sealed class MemberCount : ReceiveActor
    {
        private readonly HashSet<UniqueAddress> _members = [];

        public MemberCount(int count, TaskCompletionSource done)
        {
            Receive<ClusterEvent.CurrentClusterState>(state =>
            {
                foreach (var member in state.Members) _members.Add(member.UniqueAddress);
                Look();
            });
            Receive<ClusterEvent.MemberRemoved>(removed =>
            {
                _members.Remove(removed.Member.UniqueAddress);
                Look();
            });
            Receive<ClusterEvent.IMemberEvent>(changed =>
            {
                _members.Add(changed.Member.UniqueAddress);
                Look();
            });
            Cluster.Get(Context.System).Subscribe(Self, typeof(ClusterEvent.IMemberEvent));

            void Look()
            {
                if (_members.Count == count) done.TrySetResult();
            }
        }
    }

    private sealed class ByKey(int shards) : HashCodeMessageExtractor(shards)
    {
        public override string? EntityId(object message) => message as string;
    }
}

using System.Threading.Channels;
using Akka.Actor;
using Akka.Cluster;
using Remoting.Tests.Nodes;

namespace Remoting.Tests;

public sealed class ClusterTests
{
    private const string Cluster = """
        akka.actor.provider = cluster
        akka.cluster {
          gossip-interval = 100ms
          leader-actions-interval = 100ms
        }
        """;

    [Theory]
    [MemberData(nameof(Carriers.All), MemberType = typeof(Carriers))]
    public async Task Two_nodes_form_a_cluster_and_one_leaves(Carrier carrier)
    {
        await using var first = Node.Start(carrier, further: Cluster);
        await using var second = Node.Start(carrier, further: Cluster);
        var seen = Members(first);

        await Join(first, first.Address);
        await Join(second, first.Address);
        await seen.Next<ClusterEvent.MemberUp>("MemberUp of the second node", up => up.Member.Address == second.Address);
        second.System.ActorOf<Echo>("echo");
        Assert.Equal("hello", await (await first.Find(second, "echo")).Ask<string>("hello", Patience.Limit));

        Akka.Cluster.Cluster.Get(second.System).Leave(second.Address);

        await seen.Next<ClusterEvent.MemberRemoved>("MemberRemoved of the second node", removed => removed.Member.Address == second.Address);
    }

    private static Task<bool> Join(Node node, Address seed)
    {
        var up = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var cluster = Akka.Cluster.Cluster.Get(node.System);
        cluster.RegisterOnMemberUp(() => up.TrySetResult(true));
        cluster.Join(seed);
        return up.Task.Expect($"the joining of {node.Address}");
    }

    private static ChannelReader<object> Members(Node node)
    {
        var (actor, events) = node.Collect("members");
        Akka.Cluster.Cluster.Get(node.System).Subscribe(actor, typeof(ClusterEvent.IMemberEvent));
        return events;
    }
}

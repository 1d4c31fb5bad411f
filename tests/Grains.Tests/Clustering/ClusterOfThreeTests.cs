using Actors.Grains.Clustering;
using Akka.Remote;
using ClusterSettings = Actors.Grains.Clustering.ClusterSettings;

namespace Grains.Tests.Clustering;

public sealed class ClusterOfThreeTests
{
    private static readonly ClusterSettings Settings = new() { Nodes = 3 };

    [Fact]
    public async Task Keys_of_a_crashed_node_answer_elsewhere_also_when_it_had_the_coordinator()
    {
        await using var oldest = await TestNode.StartAsync(Settings);
        await using var second = await TestNode.StartAsync(Settings, oldest);
        await using var third = await TestNode.StartAsync(Settings, oldest);
        await second.AskUntilSpreadAsync(300, 3);

        await oldest.CrashAsync();

        var nodes = await second.AskAllAsync(300);
        Assert.DoesNotContain(oldest.Address.ToString(), nodes);
        Assert.DoesNotContain(oldest.Address.ToString(), await third.AskAllAsync(300));
        Assert.Null(second.Ended);
        Assert.Null(third.Ended);
    }

    [Fact]
    public async Task A_node_that_is_cut_off_is_shut_out_and_ends_and_the_majority_goes_on()
    {
        await using var oldest = await TestNode.StartAsync(Settings, extra: TestNode.CanBeCut);
        await using var second = await TestNode.StartAsync(Settings, oldest, TestNode.CanBeCut);
        await using var third = await TestNode.StartAsync(Settings, oldest, TestNode.CanBeCut);
        await second.AskAllAsync(300);

        await oldest.CutAsync(second);
        await oldest.CutAsync(third);

        Assert.Equal(ClusterEnd.Downed, await oldest.Start.WhenEnded.WaitAsync(TestNode.Limit));
        Assert.Equal(ClusterEnd.Downed, oldest.Ended);
        Assert.DoesNotContain(oldest.Address.ToString(), await second.AskAllAsync(300));
        Assert.Null(second.Ended);
        Assert.Null(third.Ended);
    }

    [Fact]
    public async Task A_node_that_another_member_has_shut_out_ends_although_it_can_reach_others()
    {
        await using var oldest = await TestNode.StartAsync(Settings);
        await using var second = await TestNode.StartAsync(Settings, oldest);
        await using var third = await TestNode.StartAsync(Settings, oldest);
        var ofNoMember = oldest.Address.WithPort(1);

        // What Akka.Remote publishes when the other side refuses an association: here, as to a node that was frozen and wakes.
        second.System.EventStream.Publish(new ThisActorSystemQuarantinedEvent(second.Address, ofNoMember));
        third.System.EventStream.Publish(new ThisActorSystemQuarantinedEvent(third.Address, oldest.Address));

        Assert.Equal(ClusterEnd.Downed, await third.Start.WhenEnded.WaitAsync(TestNode.Limit));
        await oldest.WaitForMembersAsync(2);
        Assert.Null(oldest.Ended);
        Assert.Null(second.Ended);
    }

    [Fact]
    public async Task A_node_that_leaves_in_order_hands_its_keys_over()
    {
        await using var oldest = await TestNode.StartAsync(Settings);
        await using var second = await TestNode.StartAsync(Settings, oldest);
        await using var third = await TestNode.StartAsync(Settings, oldest);
        await second.AskAllAsync(300);

        await oldest.Start.LeaveAsync().WaitAsync(TestNode.Limit);

        Assert.Equal(ClusterEnd.Left, await oldest.Start.WhenEnded.WaitAsync(TestNode.Limit));
        Assert.DoesNotContain(oldest.Address.ToString(), await second.AskAllAsync(300));
        await second.WaitForMembersAsync(2);
    }

    [Fact]
    public async Task A_cluster_with_sharding_sends_nothing_that_the_serializer_refuses()
    {
        await using var oldest = await TestNode.StartAsync(Settings);
        await using var second = await TestNode.StartAsync(Settings, oldest);
        var third = await TestNode.StartAsync(Settings, oldest);
        await second.AskAllAsync(300);
        await third.Start.LeaveAsync().WaitAsync(TestNode.Limit);
        await using var fourth = await TestNode.StartAsync(Settings, oldest);
        await fourth.AskAllAsync(300);
        await oldest.CrashAsync();
        await second.AskAllAsync(300);

        Assert.All(new[] { oldest, second, third, fourth }, node => Assert.Equal(0, node.Refusing.Refused));
    }
}

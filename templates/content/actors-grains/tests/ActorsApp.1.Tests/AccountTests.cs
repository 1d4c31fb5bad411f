using Actors.Grains;
using Actors.TestKit;

namespace ActorsApp._1.Tests;

public sealed class AccountTests
{
    [Fact]
    public async Task An_account_refuses_to_give_more_than_it_has()
    {
        await using var cluster = await GrainTestCluster.StartAsync(grains => grains.AddKinds());
        var account = cluster.Grains.Get<IAccount>("ada");
        await account.Deposit(100);

        var failure = await Assert.ThrowsAsync<GrainException>(() => account.Withdraw(101));

        Assert.Equal(GrainError.Failed, failure.Error);
        Assert.Equal(100, await account.Balance());
    }

    // cluster.KillAsync ends a node without a word, and takes longer.
    [Fact]
    public async Task A_balance_outlives_the_node_that_it_is_on()
    {
        await using var cluster = await GrainTestCluster.StartAsync(grains => grains.AddKinds(), nodes: 3);
        await cluster.Grains.Get<IAccount>("ada").Deposit(100);

        await cluster.StopAsync(cluster.Nodes.Single(node => node.IsActive("account", "ada")));
        var balance = cluster.Grains.Get<IAccount>("ada").Withdraw(30);
        await cluster.AdvanceUntilAsync(balance);

        Assert.Equal(70, await balance);
    }
}

using Actors;
using Actors.Hosting;
using Akka.Actor;

namespace Hosting.Tests;

/// <summary>Which roles an orderly stop drains when, and which of them it says something of in the end.</summary>
public sealed class RoleDrainTests : Akka.TestKit.Xunit2.TestKit
{
    private static RoleStatus Status(long waiting, bool mayHaveUnread) => new("role", [], 0, 0, waiting, 0, 1) { MayHaveUnread = mayHaveUnread };

    private (IActorRef Sender, IActorRef Receiver, RoleDrain Drain) SenderAndReceiver()
    {
        var (sender, receiver) = (CreateTestProbe().Ref, CreateTestProbe().Ref);
        return (sender, receiver, new RoleDrain([(receiver, StopTurn.Receiver), (sender, StopTurn.Sender)]));
    }

    [Fact]
    public void Senders_drain_before_receivers_and_all_once_more()
    {
        var (sender, receiver, drain) = SenderAndReceiver();

        Assert.Equal([sender], drain.Next());
        Assert.True(drain.Drained(sender));
        Assert.Empty(drain.Next()!);
        Assert.Equal([receiver], drain.Next());
        Assert.True(drain.Drained(receiver));
        Assert.Equal([receiver, sender], drain.Next());
        Assert.Null(drain.Next());
    }

    [Fact]
    public void At_the_deadline_roles_whose_turn_has_not_come_are_asked_as_well()
    {
        var (sender, receiver, drain) = SenderAndReceiver();
        drain.Next();

        drain.EndTurns();

        Assert.Equal([sender, receiver], drain.Draining.OrderBy(role => role == receiver));
    }

    [Theory]
    [InlineData(3, false, true)]
    [InlineData(0, true, true)]
    [InlineData(0, false, false)]
    public void A_role_is_told_of_that_has_messages_or_may_have_some_in_its_sockets(long waiting, bool mayHaveUnread, bool isTold)
    {
        var (_, receiver, drain) = SenderAndReceiver();
        drain.EndTurns();

        drain.NotDrained(receiver, Status(waiting, mayHaveUnread));

        Assert.Equal(isTold, drain.Undelivered.Count == 1);
    }
}

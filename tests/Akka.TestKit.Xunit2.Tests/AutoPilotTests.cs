using Akka.Actor;

namespace Akka.TestKit.Tests;

public class AutoPilotTests : Xunit2.TestKit
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_pilot_answers_and_the_messages_still_come_to_the_queue()
    {
        var probe = CreateTestProbe();
        probe.SetAutoPilot(new DelegateAutoPilot((sender, message) =>
        {
            sender.Tell($"re: {message}");
            return AutoPilot.KeepRunning;
        }));

        Assert.Equal("re: a", await probe.Ref.Ask<string>("a", Wait));
        Assert.Equal("re: b", await probe.Ref.Ask<string>("b", Wait));
        Assert.Equal(["a", "b"], probe.ReceiveN(2, Wait));
    }

    [Fact]
    public void A_pilot_may_hand_over_and_end()
    {
        var probe = CreateTestProbe();
        var second = new DelegateAutoPilot((sender, _) =>
        {
            sender.Tell("second");
            return AutoPilot.NoAutoPilot;
        });
        probe.SetAutoPilot(new DelegateAutoPilot((sender, _) =>
        {
            sender.Tell("first");
            return second;
        }));

        for (var i = 0; i < 3; i++)
        {
            probe.Ref.Tell(i);
        }

        ExpectMsg("first", Wait);
        ExpectMsg("second", Wait);
        probe.ReceiveN(3, Wait);
        Assert.False(HasMessages);
    }
}

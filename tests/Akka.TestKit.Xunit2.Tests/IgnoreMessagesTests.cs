using Akka.Actor;

namespace Akka.TestKit.Tests;

public class IgnoreMessagesTests : Xunit2.TestKit
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    [Fact]
    public void Messages_that_match_are_dropped()
    {
        IgnoreMessages(message => message is "noise");

        TestActor.Tell("noise");
        TestActor.Tell("signal");

        ExpectMsg("signal", Wait);
    }

    [Fact]
    public void A_type_can_be_dropped()
    {
        IgnoreMessages<int>();
        IgnoreMessages<int>(n => n > 1);

        TestActor.Tell(1);
        TestActor.Tell(2);
        TestActor.Tell("signal");

        ExpectMsg(1, Wait);
        ExpectMsg("signal", Wait);
    }

    [Fact]
    public void It_can_be_ended()
    {
        IgnoreMessages(_ => true);
        TestActor.Tell("lost");
        IgnoreNoMessages();

        TestActor.Tell("kept");

        ExpectMsg("kept", Wait);
    }
}

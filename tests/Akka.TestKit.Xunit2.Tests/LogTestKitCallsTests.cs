using Akka.Actor;

namespace Akka.TestKit.Tests;

public class LogTestKitCallsTests : Xunit2.TestKit
{
    public LogTestKitCallsTests()
        : base("akka.loglevel = DEBUG, akka.test.testkit.debug = on")
    {
    }

    [Fact]
    public void The_waits_of_a_TestKit_can_be_logged()
    {
        EventFilter.Debug(start: "Received <m>").ExpectOne(() =>
        {
            TestActor.Tell("m");
            ExpectMsg("m");
        });
        EventFilter.Debug(start: "Received no message within").ExpectOne(() => ReceiveOne(TimeSpan.FromMilliseconds(10)));
    }
}

using Akka.Actor;

namespace Akka.TestKit.Tests;

public class ExpectMsgFromTests : Xunit2.TestKit
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    [Fact]
    public void The_sender_must_be_the_expected_one()
    {
        var probe = CreateTestProbe();
        probe.Send(TestActor, 1);
        probe.Send(TestActor, 2);
        probe.Send(TestActor, 3);
        probe.Send(TestActor, 4);

        ExpectMsgFrom<int>(probe.Ref, Wait);
        ExpectMsgFrom(probe.Ref, 2, Wait);
        ExpectMsgFrom<int>(probe.Ref, n => n == 3, Wait);
        ExpectMsgFrom<int>(sender => sender.Equals(probe.Ref), n => n == 4, Wait);
    }

    [Fact]
    public void Another_sender_fails_with_both()
    {
        var probe = CreateTestProbe();
        TestActor.Tell("hello", TestActor);

        var text = FailureOf.This(() => ExpectMsgFrom<string>(probe.Ref, Wait));

        Assert.Contains(probe.Ref.ToString()!, text);
        Assert.Contains(TestActor.ToString()!, text);
    }

    [Fact]
    public async Task It_can_be_awaited()
    {
        var probe = CreateTestProbe();
        probe.Send(TestActor, "a");
        probe.Send(TestActor, "b");

        await ExpectMsgFromAsync(probe.Ref, "a", Wait);
        await FailureOf.ThisAsync(async () => await ExpectMsgFromAsync<string>(TestActor, Wait));
    }
}

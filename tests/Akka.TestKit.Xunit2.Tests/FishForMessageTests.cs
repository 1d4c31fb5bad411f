using System.Collections;
using Akka.Actor;

namespace Akka.TestKit.Tests;

public class FishForMessageTests : Xunit2.TestKit
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void Other_messages_are_dropped()
    {
        TestActor.Tell("a");
        TestActor.Tell(1);
        TestActor.Tell("fish");

        Assert.Equal("fish", FishForMessage<string>(text => text == "fish", Wait));
        Assert.False(HasMessages);
    }

    [Fact]
    public void All_that_was_received_can_be_had()
    {
        TestActor.Tell("a");
        TestActor.Tell("fish");
        var all = new ArrayList();

        FishForMessage<string>(text => text == "fish", all, Wait);

        Assert.Equal(new ArrayList { "a", "fish" }, all);
    }

    [Fact]
    public void No_fish_fails_with_what_was_caught()
    {
        TestActor.Tell("boot");

        var text = FailureOf.This(() => FishForMessage<string>(_ => false, Short, "Where is it?"));

        Assert.Contains("00:00:00.05", text);
        Assert.Contains("{boot}", text);
        Assert.Contains("Where is it?", text);
    }

    [Fact]
    public async Task It_can_be_awaited()
    {
        TestActor.Tell("a");
        TestActor.Tell("fish");

        Assert.Equal("fish", await FishForMessageAsync<string>(text => text == "fish", Wait));
    }

    [Fact]
    public async Task Radio_silence_returns_what_came_before_it()
    {
        TestActor.Tell("a");
        TestActor.Tell("b");

        Assert.Equal(new ArrayList { "a", "b" }, await WaitForRadioSilenceAsync(Short));
    }

    [Fact]
    public async Task Too_much_noise_before_the_silence_fails()
    {
        TestActor.Tell("a");
        TestActor.Tell("b");

        await FailureOf.ThisAsync(() => WaitForRadioSilenceAsync(Short, 1));
    }

    [Fact]
    public async Task A_type_that_must_not_come_fails()
    {
        TestActor.Tell("a");
        await FishUntilMessageAsync<int>(Short);

        TestActor.Tell(1);
        await FailureOf.ThisAsync(() => FishUntilMessageAsync<int>(Short));
    }
}

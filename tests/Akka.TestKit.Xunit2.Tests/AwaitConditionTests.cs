namespace Akka.TestKit.Tests;

public class AwaitConditionTests : Xunit2.TestKit
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void It_returns_when_the_condition_holds()
    {
        var looks = 0;

        AwaitCondition(() => ++looks == 3, Wait, TimeSpan.FromMilliseconds(1));

        Assert.Equal(3, looks);
    }

    [Fact]
    public void It_fails_with_the_time_and_the_message()
    {
        var text = FailureOf.This(() => AwaitCondition(() => false, Short, "Nothing happened."));

        Assert.Contains("00:00:00.05", text);
        Assert.Contains("Nothing happened.", text);
    }

    [Fact]
    public void It_can_tell_instead_of_failing()
    {
        Assert.True(AwaitConditionNoThrow(() => true, Short));
        Assert.False(AwaitConditionNoThrow(() => false, Short));
    }

    [Fact]
    public async Task It_can_be_awaited()
    {
        var looks = 0;
        await AwaitConditionAsync(() => ++looks == 3, Wait, TimeSpan.FromMilliseconds(1));
        await AwaitConditionAsync(() => Task.FromResult(true), Wait);
        await FailureOf.ThisAsync(() => AwaitConditionAsync(() => false, Short, "Nothing happened."));
        Assert.False(await AwaitConditionNoThrowAsync(() => false, Short));
    }

    [Fact]
    public void It_can_be_cancelled()
    {
        using var cancel = new CancellationTokenSource();

        Assert.ThrowsAny<OperationCanceledException>(() => AwaitCondition(
            () =>
            {
                cancel.Cancel();
                return false;
            },
            Wait,
            cancel.Token));
    }
}

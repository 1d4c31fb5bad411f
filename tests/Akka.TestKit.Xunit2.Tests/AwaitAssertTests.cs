using Akka.Actor;
using Xunit.Sdk;

namespace Akka.TestKit.Tests;

public class AwaitAssertTests : Xunit2.TestKit
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    [Fact]
    public void It_tries_until_nothing_is_thrown()
    {
        var attempts = 0;

        AwaitAssert(() => Assert.Equal(3, ++attempts), Wait, TimeSpan.FromMilliseconds(1));

        Assert.Equal(3, attempts);
    }

    [Fact]
    public void In_the_end_it_throws_what_the_assertion_throws()
    {
        var attempts = 0;

        var error = Assert.Throws<FormatException>(() => AwaitAssert(
            () => throw new FormatException($"attempt {++attempts}"), TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(1)));

        Assert.Equal($"attempt {attempts}", error.Message);
        Assert.True(attempts > 1);
    }

    [Fact]
    public void Its_attempts_have_the_implicit_sender()
    {
        AwaitAssert(
            () =>
            {
                TestActor.Tell("m");
                ExpectMsgFrom(TestActor, "m", Wait);
            },
            Wait);
    }

    [Fact]
    public async Task It_can_be_awaited()
    {
        var attempts = 0;
        await AwaitAssertAsync(() => Assert.Equal(3, ++attempts), Wait, TimeSpan.FromMilliseconds(1));
        await AwaitAssertAsync(
            async () =>
            {
                TestActor.Tell("m");
                await ExpectMsgFromAsync(TestActor, "m", Wait);
            },
            Wait);
        await Assert.ThrowsAsync<TrueException>(
            () => AwaitAssertAsync(() => Assert.True(false), TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(1)));
    }
}

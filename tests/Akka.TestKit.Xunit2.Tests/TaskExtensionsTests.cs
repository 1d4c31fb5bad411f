using Akka.TestKit.Extensions;

namespace Akka.TestKit.Tests;

public class TaskExtensionsTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task A_task_that_ends_in_time_passes_its_result_on()
    {
        Assert.Equal(7, await Task.FromResult(7).ShouldCompleteWithin(Wait));
        await Task.FromResult(7).ShouldCompleteWithin(7, Wait);
        await FailureOf.ThisAsync(() => Task.FromResult(7).ShouldCompleteWithin(8, Wait));
    }

    [Fact]
    public async Task A_task_that_does_not_end_fails_with_the_reason()
    {
        var never = new TaskCompletionSource<int>();

        Assert.False(await never.Task.AwaitWithTimeout(Short));
        Assert.Contains("because it is stuck", await FailureOf.ThisAsync(() => never.Task.ShouldCompleteWithin(Short, "it is {0}", "stuck")));
        await Assert.ThrowsAsync<TimeoutException>(() => never.Task.WithTimeout(Short));
    }

    [Fact]
    public async Task An_exception_can_be_expected()
    {
        var failed = Task.FromException(new FormatException("x"));

        Assert.Equal("x", (await failed.ShouldThrowWithin<FormatException>(Wait)).Message);
        await FailureOf.ThisAsync(() => failed.ShouldThrowWithin<ArgumentException>(Wait));
        await FailureOf.ThisAsync(() => Task.CompletedTask.ShouldThrowWithin<ArgumentException>(Wait));
    }
}

using System.Diagnostics;
using Chaos.Processes;

namespace Chaos.Tests;

public sealed class PartTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("part-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_process_that_never_becomes_ready_does_not_hold_up_the_end_of_a_run()
    {
        var part = NeverReady(mayStartAgain: Task.CompletedTask);
        var start = part.Start();

        await Ends(part.DisposeAsync().AsTask(), "the part");

        await Ends(start, "the start of its process");
        Assert.Equal((1, null), (part.Starts, part.ProcessId));
    }

    [Fact]
    public async Task A_process_that_may_not_start_yet_does_not_hold_up_the_end_of_a_run()
    {
        var part = NeverReady(mayStartAgain: new TaskCompletionSource().Task);
        var start = part.Start();

        await Ends(part.DisposeAsync().AsTask(), "the part");

        await Ends(start, "the start of its process");
        Assert.Equal(0, part.Starts);
    }

    /// <summary>A program that waits for input and prints nothing.</summary>
    private Part NeverReady(Task mayStartAgain) =>
        new("waiting", _folder.FullName, () => new ProcessStartInfo("cat"), readyMark: "ready") { Supervised = true, MayStartAgain = () => mayStartAgain };

    private static async Task Ends(Task what, string name)
    {
        var limit = TimeSpan.FromSeconds(30);
        try
        {
            await what.WaitAsync(limit);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{name} has not ended within {limit.TotalSeconds} s");
        }
    }
}

using System.Diagnostics;
using Actors.Shared;
using Chaos.Processes;
using Xunit;

namespace Chaos.Tests;

public sealed class PartTests
{
    [Fact]
    public async Task A_process_that_never_becomes_ready_does_not_hold_up_the_end_of_a_run()
    {
        var folder = Directory.CreateTempSubdirectory("part-");
        try
        {
            // It waits for input, and prints nothing.
            var part = new Part("waiting", folder.FullName, () => new ProcessStartInfo("cat"), "ready") { Supervised = true };
            var start = part.Start();

            await part.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

            await start.WaitAsync(TimeSpan.FromSeconds(30));
            Assert.Null(part.ProcessId);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_process_that_may_not_start_yet_does_not_hold_up_the_end_of_a_run()
    {
        var folder = Directory.CreateTempSubdirectory("part-");
        try
        {
            var never = new TaskCompletionSource();
            var part = new Part("held", folder.FullName, () => new ProcessStartInfo("cat"), "ready") { MayStartAgain = () => never.Task };
            var start = part.Start();

            await part.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

            await start.WaitAsync(TimeSpan.FromSeconds(30));
            Assert.Equal(0, part.Starts);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

using System.Globalization;
using Actors.Host.Commands;
using Spectre.Console;

namespace Actors.Host.Messaging.Running;

/// <summary>Draws the progress of long work on standard error, where that is a terminal.</summary>
internal static class ToolProgress
{
    private static readonly TimeSpan s_long = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan s_frame = TimeSpan.FromMilliseconds(100);

    /// <param name="output">Where to.</param>
    /// <param name="isShown">Whether it may be drawn: not where messages are printed to the same terminal.</param>
    /// <param name="title">What is being done: <c>sending</c>.</param>
    /// <param name="total">How much there is to do, for a bar; null draws a count.</param>
    /// <param name="done">How much is done, read on any thread.</param>
    /// <param name="work">The work, which runs on the pool.</param>
    public static async Task Run(ToolOutput output, bool isShown, string title, long? total, Func<long> done, Func<Task> work)
    {
        var running = Task.Run(work);
        if (output.ShowsProgress && isShown && await Task.WhenAny(running, Task.Delay(s_long)) != running)
        {
            ProgressColumn[] columns = total is null
                ? [new SpinnerColumn(), new TaskDescriptionColumn()]
                : [new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()];
            await output.ErrorConsole.Progress().AutoClear(true).Columns(columns).StartAsync(async progress =>
            {
                var bar = progress.AddTask(title, maxValue: total ?? 1);
                while (!running.IsCompleted)
                {
                    var count = done();
                    if (total is not null) bar.Value = count;
                    bar.Description = string.Create(CultureInfo.InvariantCulture, $"{title} {count:N0}");
                    await Task.WhenAny(running, Task.Delay(s_frame));
                }
            });
        }
        await running;
    }
}

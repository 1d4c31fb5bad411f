using System.CommandLine;
using Actors.Host.Control;
using Actors.Host.Status;
using Actors.Host.Top;
using Spectre.Console;

namespace Actors.Host.Commands;

/// <summary><c>top</c>: what the roles of running hosts are doing now.</summary>
internal static class TopCommand
{
    // Keys are looked at so often.
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    public static Command Create()
    {
        var once = new Option<bool>("--once") { Description = "Print one table, with the rates of one interval, and end. So does a run whose output is no terminal, without --output json." };
        var interval = new Option<double>("--interval") { Description = "Seconds between two looks, from 0.1 to 3600.", DefaultValueFactory = _ => 1, HelpName = "SECONDS" };
        interval.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= 0.1 and <= 3600)) result.AddError("--interval is out of its range: expected seconds from 0.1 to 3600");
        });
        var sort = new Option<TopOrder>("--sort") { Description = "role, state, peers, received, sent, waiting or dropped.", DefaultValueFactory = _ => TopOrder.Role, HelpName = "COLUMN" };
        var which = new Option<string>("--host", "-H") { Description = "Only this host: its process id, its file, or the name of that.", HelpName = "HOST" };
        var top = new ToolCommand(
            "top",
            "Shows the rates of the roles of running hosts, what waits, what is dropped and why, and the peers. Arrow keys sort, q quits.",
            ["actors top", "actors top --once --sort dropped", "actors top --output json --interval 5    # an object each 5 s"])
        {
            once, interval, sort, which,
        };
        var hosts = new HostArguments(top, isForOne: false);
        top.Does((context, stop) => new Run(context, hosts.DirectoryOf(context), context.Get(which), TimeSpan.FromSeconds(context.Get(interval)), context.Get(sort)).Show(context.Get(once), stop));
        return top;
    }

    private sealed class Run(ToolContext context, string? directory, string? which, TimeSpan interval, TopOrder order)
    {
        private readonly TimeProvider _time = context.Invocation.Time;
        private TopOrder _order = order;
        private IReadOnlyList<HostStatus> _before = [];

        public async Task<int> Show(bool once, CancellationToken stop)
        {
            _before = await Read(stop);
            if (_before.Count == 0) throw new ToolException($"no host of this user runs (looked in {string.Join(" and ", ControlFolder.ForClient(directory))})", ExitCode.NoAnswer);
            if (context.Output.IsJson) await Stream(once, stop);
            else if (once || !context.Output.IsTerminal) context.Output.Write(TopTable.Plain(await Next(stop), _order));
            else await Live(stop);
            return ExitCode.Success;
        }

        private async Task Stream(bool once, CancellationToken stop)
        {
            do context.Output.WriteJson(await Next(stop), TopJson.Default.TopSample);
            while (!once);
        }

        private async Task Live(CancellationToken stop)
        {
            var console = context.Output.Console;
            var sample = TopSample.Between(_before, _before, _time.GetUtcNow());
            await console.Live(new Table()).AutoClear(true).StartAsync(async live =>
            {
                var quits = false;
                while (!quits)
                {
                    var next = Next(stop);
                    do
                    {
                        live.UpdateTarget(TopTable.Live(sample, _order, console.Profile.Height));
                        await Task.WhenAny(next, Task.Delay(Glance, _time, stop));
                        quits = QuitsByKey();
                    }
                    while (!quits && !next.IsCompleted);
                    if (!quits) sample = await next;
                }
            });
        }

        /// <summary>Takes the keys that were pressed; true for q.</summary>
        private bool QuitsByKey()
        {
            while (context.Invocation.InputIsTerminal && Console.KeyAvailable)
            {
                var columns = Enum.GetValues<TopOrder>().Length;
                switch (Console.ReadKey(intercept: true).Key)
                {
                    case ConsoleKey.Q or ConsoleKey.Escape: return true;
                    case ConsoleKey.RightArrow or ConsoleKey.DownArrow: _order = (TopOrder)(((int)_order + 1) % columns); break;
                    case ConsoleKey.LeftArrow or ConsoleKey.UpArrow: _order = (TopOrder)(((int)_order + columns - 1) % columns); break;
                }
            }
            return false;
        }

        /// <summary>An interval later.</summary>
        private async Task<TopSample> Next(CancellationToken stop)
        {
            await Task.Delay(interval, _time, stop);
            var now = await Read(stop);
            var sample = TopSample.Between(_before, now, _time.GetUtcNow());
            _before = now;
            return sample;
        }

        private async Task<IReadOnlyList<HostStatus>> Read(CancellationToken stop)
        {
            // The one that is meant is found anew, because it may have ended and another have begun.
            if (which is not null) return (await RunningHosts.One(directory, which, stop)).Status is { } one ? [one] : [];
            return [.. (await RunningHosts.Find(directory, stop)).Select(host => host.Status).OfType<HostStatus>()];
        }
    }
}

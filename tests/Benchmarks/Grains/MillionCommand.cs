using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Actors.Grains.Runtime;

namespace Benchmarks.Grains;

/// <summary>The verb "grains-million": grains are created, passivated and called again in one process, by rounds, and the memory is printed.</summary>
internal static class MillionCommand
{
    private const int OfOneRound = 100_000;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);

    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { Description = "Rounds of 100,000 new grains.", DefaultValueFactory = _ => 10 };
        var idle = new Option<double>("--idle") { Description = "Seconds without a call after which a grain is passivated.", DefaultValueFactory = _ => 1 };
        var command = new Command("grains-million", "Creates grains, passivates them and calls the first ones again: prints the memory after each round.") { rounds, idle };
        command.SetAction((parsed, _) => Run(parsed.GetValue(rounds), TimeSpan.FromSeconds(parsed.GetValue(idle))));
        return command;
    }

    private static async Task Run(int rounds, TimeSpan idle)
    {
        await using var side = await OurSide.Start(grains => grains.Add<Counter>(options => options.IdleTimeout = idle)).ConfigureAwait(false);
        Console.WriteLine("grains      created  called again  passivated   resident MB   heap MB");
        for (var round = 0; round < rounds; round++)
        {
            var created = await Time(() => IdleGrains.Create(side, round * OfOneRound, OfOneRound)).ConfigureAwait(false);
            var passivated = await Time(() => Passivated(side)).ConfigureAwait(false);
            // Grains of the first rounds come back, and go again.
            var again = await Time(() => IdleGrains.Create(side, round / 2 * OfOneRound, OfOneRound)).ConfigureAwait(false);
            await Passivated(side).ConfigureAwait(false);
            var memory = ProcessMemory.Now();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(round + 1) * OfOneRound,9}{created.TotalSeconds,8:F1} s{again.TotalSeconds,12:F1} s{passivated.TotalSeconds,10:F1} s{memory.Resident / 1e6,14:F1}{memory.Heap / 1e6,10:F1}"));
        }
    }

    private static async Task Passivated(OurSide side)
    {
        var began = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(s_look);
        while (GrainRuntime.Of(side.System).Hosts.Sum(host => host.Activations) is var left and > 0)
        {
            if (Stopwatch.GetElapsedTime(began) > s_patience) throw new TimeoutException($"{left} grains are still active after {s_patience}");
            await timer.WaitForNextTickAsync().ConfigureAwait(false);
        }
    }

    private static async Task<TimeSpan> Time(Func<Task> work)
    {
        var began = Stopwatch.GetTimestamp();
        await work().ConfigureAwait(false);
        return Stopwatch.GetElapsedTime(began);
    }
}

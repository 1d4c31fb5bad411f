using System.Globalization;
using Benchmarks.Wire.Peers;

namespace Benchmarks.Wire;

/// <summary>Measures one row with both programs in turn, and prints their medians and the ratio of them.</summary>
internal static class Comparison
{
    /// <summary>Prints rows of our sockets.</summary>
    public static CompareCommand.PrintRow OfSockets()
    {
        var programs = new Programs(PeerProgram.Ours(PeerCommand.Verb), CPrograms.BuildLibzmqPeer(), CPrograms.BuildRawSubscribers());
        return (row, rounds, timing) => Print(row, programs, rounds, timing);
    }

    /// <param name="row">Who binds, who connects, and what a message weighs.</param>
    /// <param name="programs">Ours and libzmq's.</param>
    /// <param name="rounds">How often each is measured.</param>
    /// <param name="timing">How long.</param>
    private static async Task Print(WireRow row, Programs programs, int rounds, Timing timing)
    {
        var ours = new List<Round.Result>();
        var theirs = new List<Round.Result>();
        for (var round = 0; round < rounds; round++)
        {
            ours.Add(await Round.Run(row, programs.Ours, row.NeutralConnects ? programs.Neutral : programs.Ours, timing, otherReports: true).ConfigureAwait(false));
            theirs.Add(await Round.Run(row.OfLibzmq, programs.Libzmq, row.NeutralConnects ? programs.Neutral : programs.Libzmq, timing, otherReports: false).ConfigureAwait(false));
            await Console.Error.WriteLineAsync(Text($"  round {round + 1}: ours {ours[^1].Measured.Rate:F0} libzmq {theirs[^1].Measured.Rate:F0}")).ConfigureAwait(false);
        }

        var our = Median.Of(ours.Select(result => result.Measured.Rate));
        var their = Median.Of(theirs.Select(result => result.Measured.Rate));
        Console.WriteLine(Text($"{row.Name} ours {our:F0} libzmq {their:F0} ratio {our / their:F2}"));
        if (row.Extra is { } extra)
        {
            var ourExtra = Median.Of(ours.Select(result => result.Measured.Extra));
            var theirExtra = Median.Of(theirs.Select(result => result.Measured.Extra));
            Console.WriteLine(Text($"  {extra}: ours {ourExtra:F1} libzmq {theirExtra:F1} ratio {theirExtra / ourExtra:F2}"));
        }

        Console.WriteLine($"  allocated bytes a message: {Allocated(row, ours)}");
    }

    /// <summary>What a message costs at either end, in bytes.</summary>
    public static string Allocated(WireRow row, IReadOnlyList<Round.Result> ours)
    {
        var measuring = row.Measurer == Measurer.Binding ? row.Binds : row.Connects;
        var text = Text($"{measuring} {Median.Of(ours.Select(result => result.Measured.BytesPerMessage)):F3}");
        if (ours.Any(result => result.Other is null)) return text;
        var other = row.Measurer == Measurer.Binding ? row.Connects : row.Binds;
        return Text($"{text} {other} {Median.Of(ours.Select(result => result.Other!.Value.BytesPerMessage)):F3}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

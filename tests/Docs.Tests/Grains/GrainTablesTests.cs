using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Actors.Grains;
using Docs.Tests.Grains.States;
using Docs.Tests.Pages;

namespace Docs.Tests.Grains;

/// <summary>The tables of docs/grains.md name what there is.</summary>
public sealed partial class GrainTablesTests : GrainPageTests
{
    protected override void Configure(GrainsBuilder grains) => grains.Add<Account>();

    [Fact]
    public async Task Each_instrument_of_the_meter_is_in_the_table_and_no_other()
    {
        var published = new HashSet<string>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => Take(instrument) };
        listener.Start();
        await Cluster.Grains.Get<IAccount>("ada").Deposit(1);

        Assert.Equal(published.Order(StringComparer.Ordinal), Instrument().Matches(Repository.Read("docs/grains.md")).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal));

        void Take(Instrument instrument)
        {
            if (instrument.Meter.Name == "Actors.Grains") published.Add(instrument.Name);
        }
    }

    [Fact]
    public void Each_error_is_in_the_table_with_its_word()
    {
        var page = Repository.Read("docs/grains.md");
        foreach (var error in Enum.GetNames<GrainError>()) Assert.Contains($"| `{error}` | `{Capital().Replace(error, "-$0").ToLowerInvariant()}` |", page, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"actors\.grains\.[a-z.]+[a-z]")]
    private static partial Regex Instrument();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Capital();
}

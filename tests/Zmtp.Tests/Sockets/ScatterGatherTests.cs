using Actors.Zmtp.Tests.Interop;

namespace Actors.Zmtp.Tests.Sockets;

public class ScatterGatherTests
{
    [Fact]
    public void A_scatter_sends_to_its_gathers_in_turn()
    {
        GatherSocket[] gathers = [new(), new(), new()];
        using ScatterSocket scatter = new();
        foreach (GatherSocket gather in gathers)
        {
            string name = ThreadSafeText.InprocName();
            gather.Bind(name);
            scatter.Connect(name);
        }

        for (int i = 0; i < 6; i++)
        {
            scatter.Send($"{i}");
        }

        foreach (GatherSocket gather in gathers)
        {
            int first = int.Parse(gather.ReceiveText(), System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal($"{first + 3}", gather.ReceiveText());
            Assert.Null(gather.TryReceiveText());
            gather.Dispose();
        }
    }

    [Fact]
    public void A_gather_receives_from_its_scatters_in_turn()
    {
        using GatherSocket gather = new();
        string name = ThreadSafeText.InprocName();
        gather.Bind(name);
        ScatterSocket[] scatters = [new(), new()];
        for (int s = 0; s < scatters.Length; s++)
        {
            scatters[s].Connect(name);
            for (int i = 0; i < 3; i++)
            {
                scatters[s].Send($"{s}");
            }
        }

        string[] order = [.. Enumerable.Range(0, 6).Select(_ => gather.ReceiveText())];
        Assert.All(Enumerable.Range(0, 5), i => Assert.NotEqual(order[i], order[i + 1]));
        Assert.All(scatters, scatter => scatter.Dispose());
    }

    [Fact]
    public void Exactly_as_many_messages_wait_for_a_gather_that_is_not_there()
    {
        string endpoint = Link.FreeEndpoint();
        using ScatterSocket scatter = new();
        Assert.False(scatter.TrySendText(TimeSpan.Zero, "nobody"));
        scatter.Options.SendHighWatermark = 3;
        scatter.Connect(endpoint);
        for (int i = 0; i < 3; i++)
        {
            Assert.True(scatter.TrySendText(TimeSpan.Zero, $"{i}"));
        }

        Assert.False(scatter.TrySendText(TimeSpan.Zero, "one too many"));
        using GatherSocket gather = new();
        gather.Bind(endpoint);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal($"{i}", gather.ReceiveText());
        }
    }

    [Fact]
    public void A_gather_that_does_not_read_stops_the_scatter_and_nothing_is_lost()
    {
        using ScatterSocket scatter = new();
        using GatherSocket gather = new();
        scatter.Options.SendHighWatermark = gather.Options.ReceiveHighWatermark = 2;
        string name = ThreadSafeText.InprocName();
        gather.Bind(name);
        scatter.Connect(name);
        int taken = 0;
        while (scatter.TrySendText(TimeSpan.Zero, $"{taken}"))
        {
            taken++;
        }

        Assert.Equal(4, taken);
        for (int i = 0; i < taken; i++)
        {
            Assert.Equal($"{i}", gather.ReceiveText());
        }
    }
}

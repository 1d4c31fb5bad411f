using Actors;
using Actors.Hosting.Handlers;
using Actors.Hosting.Sources;
using Actors.Transport;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using Microsoft.Extensions.Time.Testing;

namespace Host.Tests.Sources;

/// <summary>The mean gap between the messages of a ticker is its interval.</summary>
public sealed class TickerTests : TestKit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();

    private IActorRef Start(TimeSpan interval, int count = 0)
    {
        var settings = new SourceSettings(TestActor, new MessagePrinter(TextWriter.Null, null), null, ExpectsReplies: false);
        var message = Message.FromText("tick");
        var ticker = Sys.ActorOf(Props.Create(() => new Ticker(settings, message, interval, count, _time)));
        ExpectMsg<RegisterProducer>(Patience);
        return ticker;
    }

    /// <summary>Counts what the ticker has sent when it has worked through what it was told.</summary>
    private int SentBy(IActorRef ticker)
    {
        ticker.Tell(new Identify(null), TestActor);
        for (var sent = 0; ; sent++)
            if (ReceiveOne(Patience) is ActorIdentity) return sent;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(1000)]
    public void The_mean_gap_is_the_interval_although_each_timer_is_late(int milliseconds)
    {
        var ticker = Start(TimeSpan.FromMilliseconds(milliseconds));
        ticker.Tell(new Demand(1_000_000), TestActor);
        Assert.Equal(1, SentBy(ticker));

        var sent = 1;
        for (var step = 0; step < 1000; step++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(13));
            sent += SentBy(ticker);
        }

        // What falls due during the last step is sent in it or in the next.
        var due = 1 + (13_000 / milliseconds);
        Assert.InRange(sent, due - 1 - (13 / milliseconds), due);
    }

    [Fact]
    public void A_tick_without_demand_waits_for_it()
    {
        var ticker = Start(TimeSpan.FromMilliseconds(100));
        Assert.Equal(0, SentBy(ticker));

        ticker.Tell(new Demand(1), TestActor);
        Assert.Equal(1, SentBy(ticker));
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(0, SentBy(ticker));
        ticker.Tell(new Demand(1), TestActor);
        Assert.Equal(1, SentBy(ticker));
    }

    [Fact]
    public void A_ticker_that_was_held_back_for_long_does_not_make_up_for_it()
    {
        var ticker = Start(TimeSpan.FromMilliseconds(100));
        ticker.Tell(new Demand(1), TestActor);
        Assert.Equal(1, SentBy(ticker));

        _time.Advance(TimeSpan.FromHours(1));
        ticker.Tell(new Demand(1_000_000), TestActor);

        Assert.InRange(SentBy(ticker), 1, 11);
    }

    [Fact]
    public void So_many_are_sent_and_no_more()
    {
        var ticker = Watch(Start(TimeSpan.FromMilliseconds(1), count: 3));
        ticker.Tell(new Demand(100), TestActor);

        for (var n = 0; n < 2; n++)
        {
            Assert.Equal(1, SentBy(ticker));
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }
        ExpectMsg<Message>(Patience);
        ExpectTerminated(ticker, Patience);
    }
}

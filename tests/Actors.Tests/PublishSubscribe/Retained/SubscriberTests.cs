using Actors.Transport;

namespace Actors.Tests;

/// <summary>What a subscriber is sent, whatever the order of publishing and credit.</summary>
public sealed class SubscriberTests
{
    private static readonly ReadOnlyMemory<byte> RoutingId = new byte[] { 0, 1 };

    private static RetainedSettings Settings { get; } = new() { Socket = new SocketSettings { Bind = ["tcp://*:0"] } };

    private static Subscriber Subscribing(uint credit, ulong position = 0, ulong silentUntil = 0, long most = 1000, params string[] prefixes) =>
        new(RoutingId, new BroadcastCommand.Subscribe(1, 7, TimeSpan.FromSeconds(1), 0, position, credit, "s", [.. prefixes.Select(prefix => (ReadOnlyMemory<byte>)System.Text.Encoding.UTF8.GetBytes(prefix))]), position, silentUntil, most);

    /// <summary>All that it is sent now: a number for an EVENT, two for a GAP.</summary>
    private static List<string> Sent(Subscriber subscriber, RetainedLog log)
    {
        var sent = new List<string>();
        while (subscriber.Next(log) is { } message)
        {
            Assert.Equal(RoutingId.ToArray(), message[0].ToArray());
            Assert.True(BroadcastCodec.TryRead(message, 1, out var command, out var fault), fault);
            sent.Add(command is BroadcastCommand.Gap gap ? $"{gap.First}-{gap.Last}" : $"{Assert.IsType<BroadcastCommand.Event>(command).Number}");
        }
        return sent;
    }

    private static RetainedLog LogOf(RetainedSettings settings, params string[] topics)
    {
        var log = new RetainedLog(settings, _ => { });
        foreach (var topic in topics) log.Append(Message.FromText(topic), TimeSpan.Zero);
        return log;
    }

    [Fact]
    public void It_is_sent_what_matches_in_order_as_far_as_its_credit_goes()
    {
        var log = LogOf(Settings, "a", "b", "a", "b", "a", "a");
        var subscriber = Subscribing(2, prefixes: "a");

        Assert.Equal(["1", "3"], Sent(subscriber, log));
        subscriber.Grant(1);
        Assert.Equal(["5"], Sent(subscriber, log));
        subscriber.Grant(9);
        Assert.Equal(["6"], Sent(subscriber, log));
    }

    [Fact]
    public void What_is_not_kept_any_more_is_told_as_one_gap_that_uses_credit()
    {
        var log = LogOf(Settings with { Count = 2 }, "a", "a", "a", "a", "a");
        var subscriber = Subscribing(1, position: 1, prefixes: "");

        Assert.Equal(["2-3"], Sent(subscriber, log));
        subscriber.Grant(2);
        Assert.Equal(["4", "5"], Sent(subscriber, log));
    }

    [Fact]
    public void A_gap_at_the_end_is_told_without_a_message_behind_it()
    {
        var log = LogOf(Settings with { Age = TimeSpan.FromSeconds(1) }, "a", "a", "a");
        log.Expire(TimeSpan.FromSeconds(5));

        Assert.Equal(["1-3"], Sent(Subscribing(5, prefixes: "a"), log));
    }

    [Fact]
    public void Superseded_values_are_gaps_between_the_values()
    {
        var log = LogOf(Settings with { Retain = Retain.Last, Count = 1 }, "a", "b", "a", "b", "c");

        Assert.Equal(["1-2", "3", "4", "5"], Sent(Subscribing(9, prefixes: ""), log));
        Assert.Equal(["1-2", "4"], Sent(Subscribing(9, prefixes: "b"), log));
    }

    [Fact]
    public void Values_superseded_before_the_subscription_can_go_untold()
    {
        var log = LogOf(Settings with { Retain = Retain.Last, Count = 1 }, "a", "b", "a", "b", "c");

        Assert.Equal(["3", "4", "5"], Sent(Subscribing(9, silentUntil: log.Latest, prefixes: ""), log));
    }

    [Fact]
    public void What_does_not_match_is_never_missed()
    {
        var forgotten = new List<RetainedMessage>();
        var log = new RetainedLog(Settings with { Count = 1 }, forgotten.Add);
        var subscriber = Subscribing(0, prefixes: "a");
        foreach (var topic in new[] { "b", "b", "b" })
        {
            log.Append(Message.FromText(topic), TimeSpan.Zero);
            Assert.Empty(Sent(subscriber, log));
        }

        Assert.DoesNotContain(forgotten, subscriber.Misses);
        subscriber.Grant(1);
        Assert.Empty(Sent(subscriber, log));
    }

    [Fact]
    public void No_more_is_on_its_way_than_the_queue_takes_whatever_the_credit()
    {
        var log = LogOf(Settings, "a", "a", "a");
        var subscriber = Subscribing(100, most: 2, prefixes: "a");

        Assert.Equal(["1", "2"], Sent(subscriber, log));
        subscriber.Grant(1);
        Assert.Equal(["3"], Sent(subscriber, log));
    }

    [Theory]
    [InlineData(Retain.Window)]
    [InlineData(Retain.Last)]
    public void Whatever_happens_each_number_is_sent_once_or_is_in_a_gap_and_the_misses_are_counted(Retain retain)
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var subscriber = Subscribing((uint)random.Next(4), prefixes: ["1", "2"]);
            var log = new RetainedLog(
                Settings with { Retain = retain, Count = random.Next(1, 10), Topics = random.Next(1, 4) },
                message =>
                {
                    if (subscriber.Misses(message)) subscriber.CountMissed();
                });
            var matching = new HashSet<ulong>();
            var seen = new HashSet<ulong>();
            var gaps = new HashSet<ulong>();
            ulong last = 0;
            for (var step = 0; step < 200; step++)
            {
                if (random.Next(3) > 0)
                {
                    var topic = random.Next(4);
                    log.Append(Message.FromText($"{topic}"), TimeSpan.Zero);
                    if (topic is 1 or 2) matching.Add(log.Latest);
                }
                else
                {
                    subscriber.Grant((uint)random.Next(5));
                }
                Take(Sent(subscriber, log));
            }
            subscriber.Grant(1000);
            Take(Sent(subscriber, log));

            Assert.True(seen.IsSubsetOf(matching));
            Assert.Equal(matching.Order(), seen.Concat(gaps.Intersect(matching)).Order());
            Assert.Equal(matching.Count - seen.Count, subscriber.Missed);

            void Take(List<string> sent)
            {
                foreach (var one in sent)
                {
                    var numbers = one.Split('-').Select(ulong.Parse).ToList();
                    Assert.True(numbers[0] > last, $"seed {seed}: {one} comes behind {last}");
                    last = numbers[^1];
                    if (numbers.Count == 1) seen.Add(last);
                    else for (var n = numbers[0]; n <= last; n++) gaps.Add(n);
                }
            }
        }
    }
}

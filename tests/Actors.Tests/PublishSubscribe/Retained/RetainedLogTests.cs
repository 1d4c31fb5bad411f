using Actors.Transport;

namespace Actors.Tests;

public sealed class RetainedLogTests
{
    private readonly List<ulong> _forgotten = [];

    private static RetainedSettings Settings { get; } = new() { Socket = new SocketSettings { Bind = ["tcp://*:0"] } };

    private RetainedLog Log(RetainedSettings settings) => new(settings, message => _forgotten.Add(message.Number));

    private static TimeSpan Second(int second) => TimeSpan.FromSeconds(second);

    private static IEnumerable<ulong> Kept(RetainedLog log)
    {
        for (var next = log.After(0); next is not null; next = log.After(next.Number)) yield return next.Number;
    }

    private static void Append(RetainedLog log, params string[] topics)
    {
        foreach (var topic in topics) log.Append(Message.FromText(topic, "value"), TimeSpan.Zero);
    }

    [Fact]
    public void A_window_keeps_the_latest_messages_up_to_its_count()
    {
        var log = Log(Settings with { Count = 3 });
        Append(log, "a", "b", "a", "b", "a");

        Assert.Equal([3, 4, 5], Kept(log));
        Assert.Equal([1, 2], _forgotten);
        Assert.Equal((5ul, 3), (log.Latest, log.Count));
    }

    [Fact]
    public void A_window_keeps_the_latest_messages_up_to_its_bytes()
    {
        var log = Log(Settings with { Bytes = 20 });
        Append(log, "12345", "12345", "12345");

        Assert.Equal([2, 3], Kept(log));
        Assert.Equal(20, log.Bytes);
    }

    [Fact]
    public void The_latest_message_is_kept_whatever_its_size()
    {
        var log = Log(Settings with { Bytes = 10 });
        Append(log, "a", "a topic that alone is longer than the bytes");

        Assert.Equal([2], Kept(log));
    }

    [Fact]
    public void A_window_forgets_what_is_older_than_its_age()
    {
        var log = Log(Settings with { Age = Second(10) });
        for (var second = 0; second < 5; second++) log.Append(Message.FromText("a"), Second(second));
        log.Expire(Second(11));
        Assert.Equal([3, 4, 5], Kept(log));

        log.Expire(Second(60));
        Assert.Empty(Kept(log));
        Assert.Equal([1, 2, 3, 4, 5], _forgotten);
        log.Append(Message.FromText("a"), Second(60));
        Assert.Equal([6], Kept(log));
    }

    [Fact]
    public void Last_values_stay_behind_the_latest_messages()
    {
        var log = Log(Settings with { Retain = Retain.Last, Count = 2 });
        Append(log, "a", "b", "a", "c", "d", "e");

        Assert.Equal([2, 3, 4, 5, 6], Kept(log));
        Assert.Equal([1], _forgotten);
    }

    [Fact]
    public void A_last_value_is_forgotten_when_a_newer_one_comes()
    {
        var log = Log(Settings with { Retain = Retain.Last, Count = 1 });
        Append(log, "a", "b", "c", "a");

        Assert.Equal([2, 3, 4], Kept(log));
        Assert.Equal([1], _forgotten);
    }

    [Fact]
    public void Of_too_many_topics_the_one_that_changed_last_longest_ago_is_forgotten()
    {
        var log = Log(Settings with { Retain = Retain.Last, Count = 1, Topics = 2 });
        Append(log, "a", "b", "c", "d");

        Assert.Equal([2, 3, 4], Kept(log));
        Append(log, "a");
        Assert.Equal([3, 4, 5], Kept(log));
    }

    [Fact]
    public void Last_values_are_bounded_by_the_bytes_as_well()
    {
        var log = Log(Settings with { Retain = Retain.Last, Count = 1, Bytes = 12 });
        Append(log, "a", "b", "c", "d");

        Assert.Equal([2, 3, 4], Kept(log));
        Assert.Equal(18, log.Bytes);
    }

    [Fact]
    public void Last_values_age()
    {
        var log = Log(Settings with { Retain = Retain.Last, Count = 1, Age = Second(10) });
        log.Append(Message.FromText("a"), Second(0));
        log.Append(Message.FromText("b"), Second(5));
        log.Append(Message.FromText("c"), Second(12));

        Assert.Equal([2, 3], Kept(log));
        log.Append(Message.FromText("a"), Second(13));
        Assert.Equal([2, 3, 4], Kept(log));
    }

    [Theory]
    [InlineData(Retain.Window)]
    [InlineData(Retain.Last)]
    public void At_every_step_a_message_is_kept_or_was_forgotten_once(Retain retain)
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            _forgotten.Clear();
            var settings = Settings with { Retain = retain, Count = random.Next(1, 20), Bytes = random.Next(1, 400), Topics = random.Next(1, 5), Age = Second(random.Next(1, 100)) };
            var log = Log(settings);
            for (var n = 1; n <= 300; n++)
            {
                log.Append(Message.FromText($"{random.Next(8)}", new string('x', random.Next(30))), Second(n));
                var kept = Kept(log).ToList();
                Assert.Equal(kept.Order(), kept);
                Assert.Equal(kept.Count, log.Count);
                Assert.Equal(Enumerable.Range(1, n).Select(number => (ulong)number), kept.Concat(_forgotten).Order());
                Assert.True(log.Count <= settings.Count + settings.Topics, $"{log.Count} kept");
            }
        }
    }
}

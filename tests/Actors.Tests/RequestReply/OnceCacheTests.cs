using Actors.Transport;
using Microsoft.Extensions.Time.Testing;

namespace Actors.Tests;

public sealed class OnceCacheTests
{
    private static readonly SocketLink Link = new(new SocketSpec { Name = "socket", Kind = SocketKind.Router, Settings = new SocketSettings { Bind = ["tcp://*:1"] } }, null, 0, null);
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(5);
    private static readonly Message Reply = Message.FromText("done");

    private readonly FakeTimeProvider _time = new();

    private OnceCache Cache(int capacity = 10) => new(capacity, Age, _time);

    private static RequestId Id(ulong number) => new(Guid.Empty, number);

    private static ReceivedRequest Request(ulong number, byte routingId = 1) =>
        new(new Message(new[] { routingId }, Id(number).ToFrame(), ReadOnlyMemory<byte>.Empty, "work"u8.ToArray()), Link);

    private static OnceState Begin(OnceCache cache, ulong number) => cache.Begin(Id(number), Request(number), out _, out _);

    [Fact]
    public void A_reply_is_kept_until_its_age()
    {
        var cache = Cache();
        Begin(cache, 1);
        cache.Answer(Id(1), Reply);

        _time.Advance(Age - TimeSpan.FromTicks(1));
        Assert.Equal(OnceState.Answered, Begin(cache, 1));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(OnceState.New, Begin(cache, 1));
    }

    [Fact]
    public void The_age_of_a_reply_is_that_of_the_reply_not_of_the_request()
    {
        var cache = Cache();
        Begin(cache, 1);
        _time.Advance(2 * Age);
        cache.Answer(Id(1), Reply);

        Assert.Equal(OnceState.Answered, Begin(cache, 1));
    }

    [Fact]
    public void A_repeat_does_not_make_a_reply_younger()
    {
        var cache = Cache();
        Begin(cache, 1);
        cache.Answer(Id(1), Reply);
        _time.Advance(Age / 2);
        Assert.Equal(OnceState.Answered, Begin(cache, 1));
        _time.Advance(Age / 2);

        Assert.Equal(OnceState.New, Begin(cache, 1));
    }

    [Fact]
    public void Work_in_hand_is_never_forgotten()
    {
        var cache = Cache(capacity: 1);
        Begin(cache, 1);
        for (ulong other = 2; other < 5; other++)
        {
            Begin(cache, other);
            cache.Answer(Id(other), Reply);
        }
        _time.Advance(2 * Age);

        Assert.Equal(OnceState.InWork, Begin(cache, 1));
        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public void The_reply_goes_to_the_envelope_that_came_last()
    {
        var cache = Cache();
        cache.Begin(Id(1), Request(1, routingId: 7), out _, out _);
        cache.Begin(Id(1), Request(1, routingId: 8), out _, out var replaced);

        Assert.Equal("07", replaced.Peer);
        Assert.Equal("08", cache.Answer(Id(1), Reply).Peer);
    }
}

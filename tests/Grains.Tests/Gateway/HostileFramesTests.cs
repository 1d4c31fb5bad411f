using Actors;
using Actors.Transport;
using Akka.Actor;

namespace Grains.Tests.Gateway;

/// <summary>Frames that no client should send: each costs its own reply at most.</summary>
public sealed class HostileFramesTests : GatewayTests
{
    [Fact]
    public async Task Damaged_requests_are_answered_or_counted_one_by_one_and_a_good_client_is_served()
    {
        const int Requests = 3000;
        var good = Socket.Connect();
        var hostile = Socket.Connect();
        var random = new Random(11);
        var before = (await Status()).Received;
        for (var number = 0; number < Requests; number++)
        {
            hostile.Send(Damaged(random, (ulong)number));
            if (number % 500 == 0) Assert.StartsWith("00 ", Call(good, "counter", Key, "Get", "[]"), StringComparison.Ordinal);
        }
        Assert.StartsWith("00 ", Call(good, "counter", Key, "Add", "[1]"), StringComparison.Ordinal);
        await Role.Ask<RoleDrained>(new DrainRole(), Patience);
        var status = await Status();
        var malformed = Network.Dropped.Where(drop => drop.Reason == DropReason.Malformed).Sum(drop => drop.Count);
        Assert.Equal(Requests + 7, status.Received - before);
        Assert.Equal(status.Received - malformed, status.Sent);
        Assert.InRange(malformed, 1, Requests / 2);
    }

    [Theory]
    [InlineData("half an envelope")]
    [InlineData("counter|alice|Add|[5]")]
    [InlineData("")]
    [InlineData("proxy|")]
    public async Task A_message_without_an_envelope_or_without_a_call_is_counted(string frames)
    {
        var client = Socket.Connect();
        client.Send(Message.FromText(frames.Split('|')));
        Assert.Equal("00 0", Call(client, "counter", Key, "Get", "[]"));
        Assert.Equal(new MessagesDropped("gateway", 1, DropReason.Malformed, Convert.ToHexString(client.Identity.RoutingId!.Value.Span)), Assert.Single(Network.Dropped));
    }

    [Fact]
    public void An_envelope_that_is_too_large_is_counted_and_does_not_come_back()
    {
        var client = Socket.Connect();
        client.Send(CallWriter.Bare("counter", Key, "Get", "[]").Prepend(new byte[5000]));
        Assert.Equal("00 0", Call(client, "counter", Key, "Get", "[]"));
        Assert.Equal(DropReason.Malformed, Assert.Single(Network.Dropped).Reason);
    }

    [Theory]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    [InlineData("[1e999999999]")]
    [InlineData("[99999999999999999999999999]")]
    [InlineData("[1.5]")]
    [InlineData("[null]")]
    [InlineData("[1]]")]
    [InlineData("[1] [2]")]
    [InlineData("[1")]
    [InlineData("\0")]
    public void Arguments_that_are_none_are_refused(string arguments) =>
        Assert.StartsWith("01 bad-arguments ", Call(Socket.Connect(), "counter", Key, "Add", arguments), StringComparison.Ordinal);

    [Fact]
    public void Kinds_that_nobody_hosts_leave_nothing_behind()
    {
        var client = Socket.Connect();
        for (var number = 0; number < 1000; number++)
            Assert.StartsWith("01 unknown-kind ", Call(client, $"kind-{number}/../x y", Key, "Get", "[]"), StringComparison.Ordinal);
        Assert.Null(Actors.Grains.Runtime.GrainRuntime.Of(Node.System).FindRoute("kind-0/../x y"));
    }

    /// <summary>A request of either form with some of its frames damaged, lost or doubled.</summary>
    private Message Damaged(Random random, ulong number)
    {
        var request = random.Next(2) == 0
            ? CallWriter.Bare("counter", $"{Key}-{random.Next(5)}", random.Next(2) == 0 ? "Add" : "Get", "[1]")
            : CallWriter.Full(number, "counter", $"{Key}-{random.Next(5)}", "Add", "[1]");
        var frames = Enumerable.Range(0, request.FrameCount).Select(index => request[index]).ToList();
        for (var times = random.Next(3); times >= 0; times--)
        {
            var at = random.Next(frames.Count);
            switch (random.Next(4))
            {
                case 0 when frames.Count > 1: frames.RemoveAt(at); break;
                case 1: frames.Insert(at, frames[random.Next(frames.Count)]); break;
                case 2: frames[at] = Noise(random, random.Next(60)); break;
                default:
                    if (frames[at].Length == 0) break;
                    var octets = frames[at].ToArray();
                    octets[random.Next(octets.Length)] = (byte)random.Next(256);
                    frames[at] = octets;
                    break;
            }
        }
        return new Message([.. frames]);
    }

    private static byte[] Noise(Random random, int length)
    {
        var noise = new byte[length];
        random.NextBytes(noise);
        return noise;
    }
}

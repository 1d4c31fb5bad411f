using Actors;
using Actors.Grains;
using Actors.Transport;
using Akka.Actor;
using GrainSamples;

namespace Grains.Tests.Gateway;

/// <summary>What the gateway refuses at once, and what it does with time and clients that end.</summary>
public sealed class GatewayBoundsTests : GatewayTests
{
    protected override GatewaySettings Settings => base.Settings with
    {
        MaxInFlight = 4,
        MaxInFlightPerClient = 3,
        MaxCallSize = 1000,
        MaxOctetsInFlight = 2500,
        CallTimeout = TimeSpan.FromSeconds(20),
    };

    [Fact]
    public async Task A_client_with_too_many_calls_in_flight_is_refused_and_others_are_not()
    {
        var (greedy, modest) = (Socket.Connect(), Socket.Connect());
        for (var number = 0ul; number < 3; number++) greedy.Send(CallWriter.Full(number, "counter", $"{Key}{number}", "Wait", "[]"));
        Assert.Equal("01 overloaded 3 calls of this client are in flight", Call(greedy, "counter", Key, "Get", "[]"));
        Assert.Equal("00 0", Call(modest, "counter", Key, "Get", "[]"));
        for (var number = 0; number < 3; number++) WaitGate.Of($"{Key}{number}").Release.SetResult("done");
        for (var number = 0; number < 3; number++) greedy.Expect();
        Assert.Equal("00 0", Call(greedy, "counter", Key, "Get", "[]"));
        Assert.Equal(1, (await Status()).Dropped);
        Assert.Equal(new MessagesDropped("gateway", 1, DropReason.Refused, Convert.ToHexString(greedy.Identity.RoutingId!.Value.Span)), Assert.Single(Network.Dropped));
    }

    [Fact]
    public void Too_many_calls_of_all_clients_are_refused()
    {
        var clients = Enumerable.Range(0, 4).Select(_ => Socket.Connect()).ToList();
        foreach (var (number, client) in clients.Index()) client.Send(CallWriter.Full(0, "counter", $"{Key}{number}", "Wait", "[]"));
        Assert.Equal("01 overloaded 4 calls are in flight", Call(Socket.Connect(), "counter", Key, "Get", "[]"));
        for (var number = 0; number < 4; number++) WaitGate.Of($"{Key}{number}").Release.SetResult("done");
        foreach (var client in clients) client.Expect();
    }

    [Fact]
    public void Too_many_octets_in_flight_are_refused()
    {
        var (client, other) = (Socket.Connect(), Socket.Connect());
        var wide = $"[{new string(' ', 850)}]";
        for (var number = 0ul; number < 2; number++) client.Send(CallWriter.Full(number, "counter", $"{Key}{number}", "Wait", wide));
        Assert.StartsWith("01 overloaded the calls in flight have ", Call(other, "counter", Key, "Get", wide), StringComparison.Ordinal);
        Assert.Equal("00 0", Call(other, "counter", Key, "Get", "[]"));
        for (var number = 0; number < 2; number++) WaitGate.Of($"{Key}{number}").Release.SetResult("done");
        for (var number = 0; number < 2; number++) client.Expect();
    }

    [Fact]
    public void A_call_that_is_too_large_is_refused_for_good() =>
        Assert.StartsWith("01 bad-arguments the call has 1021 octets: expected 1000 or less", Call(Socket.Connect(), "counter", "k", "Add", $"[{new string('1', 1003)}]"), StringComparison.Ordinal);

    [Fact]
    public void The_refusal_of_an_identified_call_is_one_of_its_protocol()
    {
        var client = Socket.Connect();
        for (var number = 0ul; number < 4; number++) client.Send(CallWriter.Full(number, "counter", $"{Key}{number}", "Wait", "[]"));
        var refusal = client.Expect();
        Assert.Equal(CallWriter.Id(3, last: 'X'), refusal[0].ToArray());
        Assert.Equal("01 overloaded: 3 calls of this client are in flight", Answer(refusal, 1));
        for (var number = 0; number < 3; number++) WaitGate.Of($"{Key}{number}").Release.SetResult("done");
        for (var number = 0; number < 3; number++) client.Expect();
    }

    [Fact]
    public void A_call_whose_time_is_up_is_answered_and_its_repeat_gets_the_result()
    {
        var client = Socket.Connect();
        client.Send(CallWriter.Full(1, "counter", Key, "Wait", "[]", remaining: 30));
        var expired = client.Expect();
        Assert.Equal(CallWriter.Id(1, last: 'X'), expired[0].ToArray());
        Assert.StartsWith("03 timeout: ", Answer(expired, 1), StringComparison.Ordinal);
        client.Send(CallWriter.Full(1, "counter", Key, "Wait", "[]", remaining: 10_000));
        WaitGate.Of(Key).Release.SetResult("done");
        Assert.Equal("00 \"done\"", Answer(client.Expect(), 1));
        Assert.Contains(Network.Dropped, drop => drop.Reason == DropReason.Expired);
    }

    [Fact]
    public async Task A_call_whose_time_is_up_before_it_begins_is_not_begun()
    {
        var (first, second) = (Socket.Connect(), Socket.Connect());
        first.Send(CallWriter.Full(1, "counter", Key, "Wait", "[]"));
        await Begun(Key);
        second.Send(CallWriter.Full(2, "counter", Key, "Add", "[5]", remaining: 30, client: new byte[16]));
        Assert.StartsWith("03 timeout: ", Answer(second.Expect(), 1), StringComparison.Ordinal);
        WaitGate.Of(Key).Release.SetResult("done");
        first.Expect();
        Assert.Equal("00 0", Call(second, "counter", Key, "Get", "[]"));
    }

    [Fact]
    public async Task The_bare_call_of_a_client_that_has_gone_is_cancelled()
    {
        var client = Socket.Connect();
        client.Send(CallWriter.Bare("counter", Key, "Wait", "[]"));
        await Begun(Key);
        client.Disconnect("the client left");
        await WaitGate.Of(Key).Cancelled.Task.WaitAsync(Patience);
        Assert.Equal("00 0", Call(Socket.Connect(), "counter", Key, "Get", "[]"));
        Assert.Equal(new MessagesDropped("gateway", 1, DropReason.Unroutable, Convert.ToHexString(client.Identity.RoutingId!.Value.Span)), Assert.Single(Network.Dropped));
    }

    [Fact]
    public async Task A_bare_call_that_waits_is_not_begun_when_its_client_has_gone()
    {
        var (first, second) = (Socket.Connect(), Socket.Connect());
        first.Send(CallWriter.Full(1, "counter", Key, "Wait", "[]"));
        await Begun(Key);
        second.Send(CallWriter.Bare("counter", Key, "Add", "[5]"));
        second.Disconnect("the client left");
        // The gateway has heard of that when it answers another client.
        Assert.Equal("00 0", Call(Socket.Connect(), "counter", $"{Key} other", "Get", "[]"));
        WaitGate.Of(Key).Release.SetResult("done");
        first.Expect();
        Assert.Equal("00 0", Call(first, "counter", Key, "Get", "[]"));
    }

    [Fact]
    public async Task The_identified_call_of_a_client_that_has_gone_goes_on_for_its_repeat()
    {
        var client = Socket.Connect();
        client.Send(CallWriter.Full(1, "counter", Key, "Wait", "[]"));
        await Begun(Key);
        client.Disconnect("the client left");
        var again = Socket.Connect();
        again.Send(CallWriter.Full(1, "counter", Key, "Wait", "[]"));
        WaitGate.Of(Key).Release.SetResult("done");
        Assert.Equal("00 \"done\"", Answer(again.Expect(), 1));
        Assert.False(WaitGate.Of(Key).Cancelled.Task.IsCompleted);
    }

    [Fact]
    public async Task The_first_try_that_nobody_waits_for_is_counted()
    {
        var client = Socket.Connect();
        client.Send(CallWriter.Full(1, "counter", Key, "Wait", "[]"));
        await Begun(Key);
        client.Disconnect("the client left");
        var drops = Akka.Actor.Inbox.Create(Node.System);
        Node.System.EventStream.Subscribe(drops.Receiver, typeof(MessagesDropped));
        WaitGate.Of(Key).Release.SetResult("done");
        Assert.Equal(DropReason.Unroutable, Assert.IsType<MessagesDropped>(drops.Receive(Patience)).Reason);
    }
}

using System.Buffers.Binary;
using Akka.Actor;
using Akka.Event;
using Akka.Remote.Transport;
using Google.Protobuf;
using Remoting.Tests.Nodes;

namespace Remoting.Tests;

public sealed class AssociationTests
{
    public static TheoryData<string> Transports => ["transport = tcp", "transport = inproc"];

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task What_comes_before_there_is_a_listener_waits_for_it(string transport)
    {
        await using var here = await TransportEnd.Start(transport);
        await using var there = await TransportEnd.Start(transport);
        var outbound = await here.Transport.Associate(there.Address).Expect("the association");
        var inbound = await there.Inbound();

        Assert.Equal(here.Address, inbound.RemoteAddress);
        Assert.Equal(there.Address, outbound.RemoteAddress);
        for (byte number = 1; number <= 3; number++) outbound.Write(ByteString.CopyFrom(number));
        outbound.Disassociate("over", NoLogger.Instance);
        var events = HandleEvents.Of(inbound);

        for (byte number = 1; number <= 3; number++) Assert.Equal([number], await events.Next<byte[]>($"message {number}"));
        await events.Next<Disassociated>("the end");
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_node_that_ends_the_association_it_was_asked_for_sends_first_what_waits(string transport)
    {
        const int Count = 2_000;
        await using var here = await TransportEnd.Start(transport);
        await using var there = await TransportEnd.Start(transport);
        var outbound = await here.Transport.Associate(there.Address).Expect("the association");
        var events = HandleEvents.Of(outbound);
        var inbound = await there.Inbound();

        for (var number = 0; number < Count; number++) Assert.True(inbound.Write(Numbered(number, 500)));
        inbound.Disassociate("over", NoLogger.Instance);
        Assert.False(inbound.Write(Numbered(Count, 500)));

        for (var number = 0; number < Count; number++) Assert.Equal(number, NumberOf(await events.Next<byte[]>($"message {number}")));
        Assert.IsType<Disassociated>(await events.Next<object>("the end"));
        Assert.False(outbound.Write(Numbered(0, 500)));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_transport_that_shuts_down_sends_first_what_waits_and_says_goodbye(string transport)
    {
        const int Count = 2_000;
        await using var here = await TransportEnd.Start(transport);
        await using var there = await TransportEnd.Start(transport);
        var outbound = await here.Transport.Associate(there.Address).Expect("the association");
        var events = HandleEvents.Of(await there.Inbound());

        for (var number = 0; number < Count; number++) outbound.Write(Numbered(number, 500));
        Assert.True(await here.Transport.Shutdown().Expect("the shut-down"));

        for (var number = 0; number < Count; number++) Assert.Equal(number, NumberOf(await events.Next<byte[]>($"message {number}")));
        await events.Next<Disassociated>("the end");
        await Assert.ThrowsAsync<InvalidAssociationException>(() => here.Transport.Associate(there.Address));
    }

    [Theory]
    [InlineData(600)]
    [InlineData(5_000)]
    [InlineData(20_000)]
    public async Task A_full_buffer_refuses_and_what_was_taken_arrives_in_order(int size)
    {
        await using var way = new CuttableProxy();
        await using var here = await TransportEnd.Start("send-buffer-size = 100000b");
        await using var there = await TransportEnd.Start();
        way.Target = there.Address.Port!.Value;
        var outbound = await here.Transport.Associate(there.Address.WithPort(way.Port)).Expect("the association");
        var events = HandleEvents.Of(await there.Inbound());

        way.Stall();
        var taken = 0;
        while (outbound.Write(Numbered(taken, size))) taken++;
        way.Resume();
        // As Akka does it: what was refused is tried again.
        var last = taken + 10;
        for (var expected = 0; expected < last; expected++)
        {
            while (taken < last && outbound.Write(Numbered(taken, size))) taken++;
            Assert.Equal(expected, NumberOf(await events.Next<byte[]>($"message {expected} of {last}")));
        }
    }

    [Fact]
    public async Task An_association_whose_connection_is_cut_ends_on_both_sides()
    {
        await using var way = new CuttableProxy();
        await using var here = await TransportEnd.Start();
        await using var there = await TransportEnd.Start();
        way.Target = there.Address.Port!.Value;
        var outbound = await here.Transport.Associate(there.Address.WithPort(way.Port)).Expect("the association");
        var (one, other) = (HandleEvents.Of(outbound), HandleEvents.Of(await there.Inbound()));

        way.Cut();

        await one.Next<Disassociated>("the end at the node that connected");
        await other.Next<Disassociated>("the end at the other");
        Assert.False(outbound.Write(Numbered(0, 10)));
    }

    [Fact]
    public async Task A_node_that_does_not_answer_fails_the_association_in_time()
    {
        await using var way = new CuttableProxy { Target = ListeningPorts.Free() };
        await using var there = await TransportEnd.Start($"port = {way.Target}");
        await using var here = await TransportEnd.Start("connection-timeout = 300ms");
        way.Stall();

        var error = await Assert.ThrowsAsync<InvalidAssociationException>(() => here.Transport.Associate(there.Address.WithPort(way.Port)).Expect("the failure"));

        Assert.NotEmpty(error.Message);
    }

    [Fact]
    public async Task An_address_without_a_host_is_refused()
    {
        await using var here = await TransportEnd.Start();

        await Assert.ThrowsAsync<InvalidAssociationException>(() => here.Transport.Associate(new Address("zmq", "node")));
    }

    private static ByteString Numbered(int number, int size)
    {
        var message = new byte[size];
        BinaryPrimitives.WriteInt32BigEndian(message, number);
        return ByteString.CopyFrom(message);
    }

    private static int NumberOf(byte[] message) => BinaryPrimitives.ReadInt32BigEndian(message);
}

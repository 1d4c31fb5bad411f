using Actors.Remoting.Associations;
using Actors.Remoting.Wire;
using Actors.Zmtp;
using Akka.Actor;
using Akka.Remote.Transport;
using Microsoft.Extensions.Time.Testing;
using Remoting.Tests.Nodes;

namespace Remoting.Tests;

/// <summary>A node is killed, started again at its address, and connects while another connects to it and means the process of before.</summary>
public sealed class RestartTests
{
    // The process of before must not connect again while it ends: it stands for one that was killed.
    private const string Killed = "akka.remote.retry-gate-closed-for = 60s";

    private const ulong Former = 41;

    // On dot-netty the same loses the answers: it is Akka that ends one connection and leaves the other to nobody.
    [Fact]
    public async Task A_restarted_node_is_answered_although_another_is_just_connecting_to_its_former_process()
    {
        await using var way = new CuttableProxy { Target = ListeningPorts.Free() };
        await using var here = Node.Start(Carrier.Zmq);
        here.System.ActorOf<Echo>("echo");
        await using var old = Node.Start(Carrier.Zmq, Behind(way, way.Target), Killed);
        old.System.ActorOf<Echo>("echo");
        await here.Find(old, "echo");
        var port = ListeningPorts.Free();
        await using var successor = Node.Start(Carrier.Zmq, Behind(way, port));
        successor.System.ActorOf<Echo>("echo");
        var toSuccessor = here.System.ActorSelection(successor.PathOf("echo"));
        here.System.Scheduler.ScheduleTellRepeatedly(TimeSpan.Zero, TimeSpan.FromMilliseconds(20), toSuccessor, "still there?", ActorRefs.NoSender);

        way.Cut();
        way.Target = port;
        way.Stall();
        var heldBack = way.HeldBack();
        way.Mend();
        var attempt = await heldBack.Expect("an attempt to connect to the node that was killed");
        var toHere = successor.System.ActorSelection(here.PathOf("echo"));
        Assert.Equal("before", await Eventually.Ask(toHere, "before"));
        way.Resume();

        // If the attempt succeeded, the answers would be lost from then on.
        await attempt.Expect("the end of the attempt to connect to the node that was killed");
        Assert.Equal("after", await Eventually.Ask(toHere, "after"));
        Assert.Equal("back", await Eventually.Ask(toSuccessor, "back"));
    }

    [Fact]
    public async Task A_node_that_means_the_former_process_is_refused_where_the_new_one_has_connected_to_it()
    {
        await using var older = await TransportEnd.Start();
        await using var restarted = await TransportEnd.Start();
        await restarted.Transport.Associate(older.Address).Expect("the association that the new process begins");

        using var mistaken = Connect(restarted, older.Address, Former);
        Assert.Equal((byte)FrameKind.Goodbye, Receive(mistaken)[0]);
        using var first = Connect(restarted, older.Address, Incarnations.None);
        Assert.Equal((byte)FrameKind.Accept, Receive(first)[0]);
        using var right = Connect(restarted, older.Address, AssociateFrame.IncarnationOf(Accepted(restarted)));
        Assert.Equal((byte)FrameKind.Accept, Receive(right)[0]);
    }

    [Fact]
    public async Task A_new_process_does_not_connect_to_a_node_that_has_connected_to_the_former_one_before()
    {
        await using var older = await TransportEnd.Start();
        await using var restarted = await TransportEnd.Start();
        using var mistaken = Connect(restarted, older.Address, Former);
        Assert.Equal((byte)FrameKind.Accept, Receive(mistaken)[0]);
        var inbound = await restarted.Inbound();

        var error = await Assert.ThrowsAsync<InvalidAssociationException>(() => restarted.Transport.Associate(older.Address).Expect("the refusal"));
        Assert.Contains("has connected itself", error.Message);

        var events = HandleEvents.Of(inbound);
        Assert.Equal(SendResult.Sent, mistaken.TrySend(new ReadOnlyMemory<byte>[] { AssociateFrame.Goodbye("over") }));
        await events.Next<Disassociated>("the end of the other association");
        await restarted.Transport.Associate(older.Address).Expect("an association, now that there is no other");
    }

    [Fact]
    public void A_process_is_believed_in_once_it_has_been_at_its_address_for_a_while()
    {
        var time = new FakeTimeProvider();
        var incarnations = new Incarnations(time);
        var node = new Address("zmq", "node", "10.0.0.7", 2552);
        Assert.Equal(Incarnations.None, incarnations.Believed(node));

        incarnations.Met(node, 1);
        Assert.Equal(1ul, incarnations.Believed(node));
        incarnations.Met(node, 2);
        Assert.Equal(1ul, incarnations.Believed(node));
        time.Advance(Incarnations.Settling / 2);
        incarnations.Met(node, 3);
        time.Advance(Incarnations.Settling / 2);
        Assert.Equal(1ul, incarnations.Believed(node));
        time.Advance(Incarnations.Settling / 2);
        incarnations.Met(node, 3);
        Assert.Equal(3ul, incarnations.Believed(node));
    }

    [Fact]
    public void Of_more_addresses_than_are_kept_the_oldest_is_forgotten()
    {
        var incarnations = new Incarnations(new FakeTimeProvider());
        for (var port = 0; port <= Incarnations.MostAddresses; port++) incarnations.Met(At(port), 1);

        Assert.Equal(Incarnations.None, incarnations.Believed(At(0)));
        Assert.Equal(1ul, incarnations.Believed(At(1)));
        Assert.Equal(1ul, incarnations.Believed(At(Incarnations.MostAddresses)));

        static Address At(int port) => new("zmq", "node", "10.0.0.7", port);
    }

    private static string Behind(CuttableProxy way, int port) => $"public-hostname = \"127.0.0.1\"\npublic-port = {way.Port}\nport = {port}";

    private static DealerSocket Connect(TransportEnd to, Address from, ulong believed)
    {
        var dealer = new DealerSocket($">tcp://127.0.0.1:{to.Address.Port}");
        Assert.Equal(SendResult.Sent, dealer.TrySend(new ReadOnlyMemory<byte>[] { AssociateFrame.Associate(new AssociateContent(from, 7, believed)) }));
        return dealer;
    }

    private static byte[] Accepted(TransportEnd by)
    {
        using var dealer = Connect(by, new Address("zmq", "node", "10.0.0.7", 2552), Incarnations.None);
        return Receive(dealer);
    }

    private static byte[] Receive(DealerSocket dealer)
    {
        Assert.True(dealer.Poll(PollEvents.PollIn, Patience.Limit).HasIn(), "There was no answer to ASSOCIATE.");
        Assert.True(dealer.TryReceive(out var frame, out _));
        return frame;
    }
}

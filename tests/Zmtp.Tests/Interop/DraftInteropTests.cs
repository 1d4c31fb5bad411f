using Actors.Zmtp.Tests.Sockets;

namespace Actors.Zmtp.Tests.Interop;

/// <summary>The thread-safe socket types with libzmq 4.3.5.</summary>
public class DraftInteropTests
{
    public static TheoryData<string, bool> Ways => Link.Ways();

    [SkippableTheory]
    [MemberData(nameof(Ways))]
    public void A_CLIENT_asks_their_SERVER(string transport, bool weBind)
    {
        using var theirs = NodePeer.Start("SERVER");
        using var ours = new ClientSocket();
        Link.Up(ours, theirs, transport, weBind);
        ours.SendText("a");
        var request = theirs.Receive().Split(' ');
        Assert.Equal("61", request[1]);
        theirs.Do($"send-to-id {request[0]} 62");
        Assert.Equal("b", ours.ReceiveText());
    }

    [SkippableTheory]
    [MemberData(nameof(Ways))]
    public void A_SERVER_answers_their_CLIENTs(string transport, bool weBind)
    {
        using var theirs = NodePeer.Start("CLIENT");
        using var ours = new ServerSocket();
        Link.Up(ours, theirs, transport, weBind);
        theirs.Send("61");
        Assert.Equal("a", ours.ReceiveText(out var id, out _));
        ours.SendText("b", id);
        Assert.Equal("62", theirs.Receive());
    }

    [SkippableTheory]
    [MemberData(nameof(Ways))]
    public void A_RADIO_reaches_their_DISH_in_its_group(string transport, bool weBind)
    {
        using var theirs = NodePeer.Start("DISH");
        using var ours = new RadioSocket();
        theirs.Do("join a");
        Link.Up(ours, theirs, transport, weBind);
        var heard = "nothing";
        Link.Repeat(
            () =>
            {
                ours.SendText("x", group: "aa");
                ours.SendText("b", group: "a");
                heard = theirs.Receive(20);
                return heard != "nothing";
            },
            "message at their DISH");
        Assert.Equal("a 62", heard);
    }

    [SkippableTheory]
    [MemberData(nameof(Ways))]
    public void A_DISH_hears_their_RADIO_in_its_groups(string transport, bool weBind)
    {
        using var theirs = NodePeer.Start("RADIO");
        using var ours = new DishSocket();
        ours.Join("a");
        Link.Up(ours, theirs, transport, weBind);
        Hear(ours, theirs, "a");
        ours.Join("c");
        Hear(ours, theirs, "c");
    }

    [SkippableTheory]
    [MemberData(nameof(Ways))]
    public void A_SCATTER_feeds_their_GATHER_in_order(string transport, bool weBind)
    {
        const int count = 20_000;
        using var theirs = NodePeer.Start("GATHER");
        using var ours = new ScatterSocket();
        Link.Up(ours, theirs, transport, weBind);
        var verb = $"recv-numbers {count}";
        theirs.Begin(verb);
        for (var i = 0; i < count; i++)
            ours.Send(NetworkOrder.GetBytes(i));
        theirs.Finish(verb);
    }

    [SkippableTheory]
    [MemberData(nameof(Ways))]
    public void A_GATHER_takes_from_their_SCATTER_in_order(string transport, bool weBind)
    {
        const int count = 20_000;
        using var theirs = NodePeer.Start("SCATTER");
        using var ours = new GatherSocket();
        Link.Up(ours, theirs, transport, weBind);
        theirs.Begin($"send-numbers {count}");
        for (var i = 0; i < count; i++)
        {
            Assert.True(ours.TryReceive(Expect.Patience, out var bytes), $"message {i} did not come");
            Assert.Equal(i, NetworkOrder.ToInt32(bytes));
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Ways))]
    public void The_types_with_addresses_are_sealed_by_CURVE_too(string transport, bool weServe)
    {
        using var theirClient = NodePeer.Start("CLIENT");
        using var server = new ServerSocket();
        using var theirRadio = NodePeer.Start("RADIO");
        using var dish = new DishSocket();
        theirClient.UseCurve(server, weServe);
        Link.Up(server, theirClient, transport, weBind: weServe);
        theirClient.Send("61");
        Assert.Equal("a", server.ReceiveText());

        theirRadio.UseCurve(dish, weServe);
        dish.Join("a");
        Link.Up(dish, theirRadio, transport, weBind: weServe);
        Hear(dish, theirRadio, "a");
    }

    private static void Hear(DishSocket ours, NodePeer theirs, string group)
    {
        Link.Repeat(
            () =>
            {
                theirs.Do("send-to-group other 78");
                theirs.Do($"send-to-group {group} 62");
                Msg message = default;
                if (!ours.TryReceive(ref message, TimeSpan.FromMilliseconds(20)))
                    return false;
                var heard = message.Group == group && message.Slice().SequenceEqual("b"u8);
                message.Close();
                return heard;
            },
            $"message to \"{group}\" at our DISH");
    }
}

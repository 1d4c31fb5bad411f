using Actors.Zmtp.Tests.BytePeer;
using Actors.Zmtp.Tests.Interop;

namespace Actors.Zmtp.Tests.Sockets;

public class RadioDishTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_dish_receives_what_is_sent_to_exactly_its_groups(bool radioBinds)
    {
        using RadioSocket radio = new();
        using DishSocket dish = new();
        Connect(radio, dish, radioBinds);
        dish.Join("news");
        dish.Join("");
        WaitForMember(radio, dish, "news");
        WaitForMember(radio, dish, "");
        radio.Send("not this", group: "new");
        radio.Send("nor this", group: "newspaper");
        radio.Send("this", group: "news");
        radio.Send("and this", group: "");
        Assert.Equal("this", dish.ReceiveText(out _, out string group));
        Assert.Equal("news", group);
        Assert.Equal("and this", dish.ReceiveText(out _, out group));
        Assert.Equal("", group);
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("inproc")]
    public void A_group_that_was_left_is_not_received_any_more(string transport)
    {
        using RadioSocket radio = new();
        using DishSocket dish = new();
        Connect(radio, dish, transport);
        dish.Join("a");
        dish.Join("b");
        WaitForMember(radio, dish, "a");
        WaitForMember(radio, dish, "b");
        dish.Leave("a");
        radio.Send("not this", group: "a");
        radio.Send("this", group: "b");
        Assert.Equal("this", dish.ReceiveText());
    }

    [Fact]
    public void A_dish_that_comes_back_is_a_member_again()
    {
        string endpoint = Link.FreeEndpoint();
        using DishSocket dish = new();
        dish.Join("a");
        dish.Connect(endpoint);
        for (int run = 0; run < 2; run++)
        {
            using RadioSocket radio = new();
            radio.Options.Linger = TimeSpan.Zero;
            Link.Repeat(
                () =>
                {
                    try
                    {
                        radio.Bind(endpoint);
                        return true;
                    }
                    catch (AddressAlreadyInUseException)
                    {
                        return false;
                    }
                },
                "free port");
            WaitForMember(radio, dish, "a");
        }
    }

    [Fact]
    public void A_radio_without_members_drops_and_does_not_wait()
    {
        using RadioSocket radio = new();
        radio.Connect(Link.FreeEndpoint());
        Assert.True(radio.TrySendText(TimeSpan.Zero, "nobody", group: "a"));
    }

    [Fact]
    public void A_radio_drops_for_a_dish_whose_queue_is_full_and_does_not_wait()
    {
        using RadioSocket radio = new();
        using DishSocket dish = new();
        radio.Options.SendHighWatermark = dish.Options.ReceiveHighWatermark = 2;
        Connect(radio, dish, "inproc");
        dish.Join("a");
        for (int i = 0; i < 10; i++)
        {
            Assert.True(radio.TrySendText(TimeSpan.Zero, $"{i}", group: "a"));
        }

        for (int i = 0; i < 4; i++)
        {
            Assert.Equal($"{i}", dish.ReceiveText());
        }

        Assert.Null(dish.TryReceiveText());
    }

    [Fact]
    public void A_dish_receives_from_its_radios_in_turn()
    {
        using DishSocket dish = new();
        dish.Join("a");
        RadioSocket[] radios = [new(), new()];
        for (int r = 0; r < radios.Length; r++)
        {
            Connect(radios[r], dish, "inproc");
            for (int i = 0; i < 3; i++)
            {
                radios[r].Send($"{r}", group: "a");
            }
        }

        string[] order = [.. Enumerable.Range(0, 6).Select(_ => dish.ReceiveText())];
        Assert.All(Enumerable.Range(0, 5), i => Assert.NotEqual(order[i], order[i + 1]));
        Assert.All(radios, radio => radio.Dispose());
    }

    [Fact]
    public void Groups_have_names_of_at_most_255_bytes_without_a_zero()
    {
        using DishSocket dish = new();
        dish.Join(new string('x', Msg.MaxGroupLength));
        Assert.Throws<InvalidException>(() => dish.Join(new string('x', Msg.MaxGroupLength + 1)));
        Assert.Throws<InvalidException>(() => dish.Join("é" + new string('x', Msg.MaxGroupLength - 1)));
        Assert.Throws<InvalidException>(() => dish.Join("a\0b"));
        using RadioSocket radio = new();
        Assert.Throws<InvalidException>(() => radio.Send("x", group: new string('x', Msg.MaxGroupLength + 1)));
    }

    [Fact]
    public void A_group_is_joined_once_and_left_once()
    {
        using DishSocket dish = new();
        dish.Join("a");
        Assert.Throws<InvalidException>(() => dish.Join("a"));
        dish.Leave("a");
        Assert.Throws<InvalidException>(() => dish.Leave("a"));
    }

    [Fact]
    public void A_large_message_reaches_all_members()
    {
        using RadioSocket radio = new();
        DishSocket[] dishes = [new(), new()];
        string endpoint = radio.BindTcp();
        foreach (DishSocket dish in dishes)
        {
            dish.Connect(endpoint);
            dish.Join("a");
            WaitForMember(radio, dish, "a");
        }

        byte[] large = new byte[1_000_000];
        Random.Shared.NextBytes(large);
        radio.Send(large, group: "a");
        foreach (DishSocket dish in dishes)
        {
            byte[]? bytes;
            do
            {
                Assert.True(dish.TryReceive(Frames.Timeout, out bytes), "The message did not come.");
            }
            while (bytes.Length < large.Length);
            Assert.Equal(large, bytes);
            dish.Dispose();
        }
    }

    /// <summary>Waits until a member receives, and has read all that was sent for that.</summary>
    internal static void WaitForMember(RadioSocket radio, DishSocket dish, string group)
    {
        int sent = 0;
        Link.Repeat(
            () =>
            {
                radio.SendText($"probe {sent++}", group: group);
                Msg msg = default;
                msg.InitEmpty();
                bool received = dish.TryReceive(ref msg, TimeSpan.FromMilliseconds(10));
                msg.Close();
                return received;
            },
            $"message to \"{group}\" at the dish");
        radio.SendText("last", group: group);
        while (dish.ReceiveText() != "last")
        {
        }
    }

    private static void Connect(RadioSocket radio, DishSocket dish, bool radioBinds)
    {
        if (radioBinds)
        {
            dish.Connect(radio.BindTcp());
        }
        else
        {
            radio.Connect(dish.BindTcp());
        }
    }

    private static void Connect(RadioSocket radio, DishSocket dish, string transport)
    {
        if (transport == "tcp")
        {
            Connect(radio, dish, radioBinds: true);
            return;
        }

        string name = ThreadSafeText.InprocName();
        radio.Bind(name);
        dish.Connect(name);
    }
}

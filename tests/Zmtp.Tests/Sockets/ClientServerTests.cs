using Actors.Zmtp.Tests.BytePeer;
using Actors.Zmtp.Tests.Interop;

namespace Actors.Zmtp.Tests.Sockets;

public class ClientServerTests
{
    [Fact]
    public void A_server_answers_each_client_by_its_routing_id()
    {
        using ServerSocket server = new();
        using ClientSocket one = new();
        using ClientSocket other = new();
        string endpoint = server.BindTcp();
        one.Connect(endpoint);
        other.Connect(endpoint);
        one.SendText("one");
        other.SendText("other");

        HashSet<uint> ids = [];
        for (int i = 0; i < 2; i++)
        {
            string text = server.ReceiveText(out uint id, out _);
            Assert.NotEqual(0u, id);
            Assert.True(ids.Add(id), "Two clients have the same routing id.");
            server.SendText("to " + text, id);
        }

        Assert.Equal("to one", one.ReceiveText());
        Assert.Equal("to other", other.ReceiveText());
    }

    [Fact]
    public void A_client_sends_to_its_servers_in_turn_and_receives_from_all()
    {
        ServerSocket[] servers = [new(), new(), new()];
        using ClientSocket client = new();
        foreach (ServerSocket server in servers)
        {
            string name = ThreadSafeText.InprocName();
            server.Bind(name);
            client.Connect(name);
        }

        for (int i = 0; i < 6; i++)
        {
            client.SendText("request");
        }

        foreach (ServerSocket server in servers)
        {
            for (int i = 0; i < 2; i++)
            {
                server.ReceiveText(out uint id, out _);
                server.SendText("reply", id);
            }
        }

        for (int i = 0; i < 6; i++)
        {
            Assert.Equal("reply", client.ReceiveText());
        }

        Assert.All(servers, server => Assert.Null(server.TryReceiveText()));
        Assert.All(servers, server => server.Dispose());
    }

    [Fact]
    public void A_client_receives_from_its_servers_in_turn()
    {
        ServerSocket[] servers = [new(), new()];
        using ClientSocket client = new();
        foreach (ServerSocket server in servers)
        {
            string name = ThreadSafeText.InprocName();
            server.Bind(name);
            client.Connect(name);
        }

        client.SendText("hello");
        client.SendText("hello");
        for (int s = 0; s < servers.Length; s++)
        {
            servers[s].ReceiveText(out uint id, out _);
            for (int i = 0; i < 3; i++)
            {
                servers[s].SendText(s == 0 ? "first" : "second", id);
            }
        }

        string[] order = [.. Enumerable.Range(0, 6).Select(_ => client.ReceiveText())];
        Assert.All(Enumerable.Range(0, 5), i => Assert.NotEqual(order[i], order[i + 1]));
        Assert.All(servers, server => server.Dispose());
    }

    [Fact]
    public void A_server_receives_from_its_clients_in_turn()
    {
        using ServerSocket server = new();
        string name = ThreadSafeText.InprocName();
        server.Bind(name);
        ClientSocket[] clients = [new(), new()];
        foreach (ClientSocket client in clients)
        {
            client.Connect(name);
            for (int i = 0; i < 3; i++)
            {
                client.SendText("request");
            }
        }

        uint[] order = [.. Enumerable.Range(0, 6).Select(_ =>
        {
            server.ReceiveText(out uint id, out string _);
            return id;
        })];
        Assert.All(Enumerable.Range(0, 5), i => Assert.NotEqual(order[i], order[i + 1]));
        Assert.All(clients, client => client.Dispose());
    }

    [Fact]
    public async Task A_client_without_servers_does_not_take_messages_until_one_is_there()
    {
        using ClientSocket client = new();
        Assert.False(client.TrySendText(TimeSpan.Zero, "nobody"));
        Task sending = Task.Run(() => client.SendText("somebody"));

        using ServerSocket server = new();
        server.Connect(client.BindTcp());
        Assert.Equal("somebody", server.ReceiveText());
        await sending.WaitAsync(Frames.Timeout);
    }

    [Fact]
    public void A_client_keeps_what_it_sends_before_its_server_is_there_up_to_the_limit()
    {
        string endpoint = Link.FreeEndpoint();
        using ClientSocket client = new();
        client.Options.SendHighWatermark = 3;
        client.Connect(endpoint);
        for (int i = 0; i < 3; i++)
        {
            Assert.True(client.TrySendText(TimeSpan.Zero, $"{i}"));
        }

        Assert.False(client.TrySendText(TimeSpan.Zero, "one too many"));
        using ServerSocket server = new();
        server.Bind(endpoint);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal($"{i}", server.ReceiveText());
        }
    }

    [Fact]
    public void A_message_to_an_unknown_routing_id_is_an_error_that_names_it()
    {
        using ServerSocket server = new();
        HostUnreachableException error = Assert.Throws<HostUnreachableException>(() => server.Send("nobody", 4711u));
        Assert.Contains("4711", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_that_has_gone_is_unknown()
    {
        using ServerSocket server = new();
        using RawPeer client = RawPeer.ConnectTo(server.BindRandomPort("tcp://127.0.0.1"));
        client.Handshake("CLIENT");
        client.Send("00 01 61");
        Assert.Equal("a", server.ReceiveText(out uint id, out _));
        client.Reset();
        Link.Repeat(
            () =>
            {
                try
                {
                    server.TrySendText(TimeSpan.FromMilliseconds(10), "b", id);
                    return false;
                }
                catch (HostUnreachableException)
                {
                    return true;
                }
            },
            "error for the client that has gone");
    }

    [Fact]
    public async Task A_server_waits_for_a_client_whose_queue_is_full_and_loses_nothing()
    {
        const int room = 4;
        using ServerSocket server = new();
        using ClientSocket client = new();
        server.Options.SendHighWatermark = client.Options.ReceiveHighWatermark = room / 2;
        string name = ThreadSafeText.InprocName();
        server.Bind(name);
        client.Connect(name);
        client.SendText("hello");
        server.ReceiveText(out uint id, out _);
        for (int i = 0; i < room; i++)
        {
            Assert.True(server.TrySendText(TimeSpan.Zero, $"{i}", id));
        }

        Assert.False(server.TrySendText(TimeSpan.Zero, "one too many", id));
        Task waiting = Task.Run(() => server.SendText($"{room}", id));
        for (int i = 0; i <= room; i++)
        {
            Assert.Equal($"{i}", client.ReceiveText());
        }

        await waiting.WaitAsync(Frames.Timeout);
    }

    [Fact]
    public void A_server_connects_too()
    {
        using ServerSocket server = new();
        using ClientSocket client = new();
        server.Connect(client.BindTcp());
        client.SendText("request");
        Assert.Equal("request", server.ReceiveText(out uint id, out _));
        server.SendText("reply", id);
        Assert.Equal("reply", client.ReceiveText());
    }
}

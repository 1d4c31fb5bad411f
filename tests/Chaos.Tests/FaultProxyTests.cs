using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Chaos.Grains;
using Chaos.Network;

namespace Chaos.Tests;

/// <summary>The proxy with plain TCP ends: a fault that is not done would let every run pass.</summary>
public sealed class FaultProxyTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly FaultProxy _proxy = new(seed: 1);
    private readonly CancellationTokenSource _patience = new(Patience);

    public FaultProxyTests()
    {
        _listener.Start();
        _proxy.ForwardTo(((IPEndPoint)_listener.LocalEndpoint).Port);
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        _listener.Dispose();
        _patience.Dispose();
    }

    private async Task<Socket> Connect()
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Loopback, int.Parse(_proxy.Endpoint.Split(':')[^1], CultureInfo.InvariantCulture), _patience.Token);
        return client;
    }

    private async Task<(Socket Client, Socket Server)> ConnectBoth()
    {
        var client = await Connect();
        return (client, await _listener.AcceptSocketAsync(_patience.Token));
    }

    private async Task<byte[]> Receive(Socket from, int count)
    {
        var received = new byte[count];
        for (var got = 0; got < count;)
        {
            var more = await from.ReceiveAsync(received.AsMemory(got), _patience.Token);
            Assert.True(more > 0, $"the connection ended after {got} of {count} octets");
            got += more;
        }
        return received;
    }

    [Fact]
    public async Task Of_a_source_that_stalls_nothing_passes_until_it_goes_on_and_others_are_not_held_up()
    {
        var sources = new Queue<string>(["one", "other"]);
        _proxy.SourceOf = _ => sources.Dequeue();
        var (one, serverOfOne) = await ConnectBoth();
        var (other, serverOfOther) = await ConnectBoth();
        using var ends = one;
        using var endsToo = other;
        _proxy.Stall("one", true);

        await one.SendAsync(new byte[] { 1 }, _patience.Token);
        await other.SendAsync(new byte[] { 2 }, _patience.Token);

        Assert.Equal([2], await Receive(serverOfOther, 1));
        Assert.Equal(0, serverOfOne.Available);
        _proxy.Stall("one", false);
        Assert.Equal([1], await Receive(serverOfOne, 1));
    }

    [Fact]
    public async Task The_process_at_the_other_end_of_a_connection_is_found()
    {
        var found = new TaskCompletionSource<int?>();
        _proxy.SourceOf = connection =>
        {
            found.SetResult(ConnectionOwner.Of(connection, [Environment.ProcessId]));
            return null;
        };
        var (client, _) = await ConnectBoth();
        using var ends = client;

        Assert.Equal(Environment.ProcessId, await found.Task.WaitAsync(Patience));
    }

    [Fact]
    public async Task Octets_pass_whole_in_both_directions_in_whatever_pieces()
    {
        _proxy.Conditions.Split(7);
        var (client, server) = await ConnectBoth();
        using var ours = client;
        using var theirs = server;
        byte[] there = [.. Enumerable.Range(0, 5000).Select(n => (byte)n)];

        await client.SendAsync(there, _patience.Token);
        await server.SendAsync(there.AsMemory(0, 100), _patience.Token);

        Assert.Equal(there, await Receive(server, there.Length));
        Assert.Equal(there[..100], await Receive(client, 100));
    }

    [Fact]
    public async Task A_reset_ends_both_connections_with_an_error()
    {
        var (client, server) = await ConnectBoth();
        using var ours = client;
        using var theirs = server;
        await client.SendAsync(new byte[1], _patience.Token);
        await Receive(server, 1);

        Assert.Equal(1, _proxy.Cut(reset: true));

        Assert.Equal(SocketError.ConnectionReset, (await Assert.ThrowsAsync<SocketException>(() => Receive(client, 1))).SocketErrorCode);
        Assert.Equal(SocketError.ConnectionReset, (await Assert.ThrowsAsync<SocketException>(() => Receive(server, 1))).SocketErrorCode);
    }

    [Fact]
    public async Task A_cut_ends_both_connections_as_if_in_good_order()
    {
        var (client, server) = await ConnectBoth();
        using var ours = client;
        using var theirs = server;
        await client.SendAsync(new byte[1], _patience.Token);
        await Receive(server, 1);

        _proxy.Cut(reset: false);

        Assert.Equal(0, await client.ReceiveAsync(new byte[1], _patience.Token));
        Assert.Equal(0, await server.ReceiveAsync(new byte[1], _patience.Token));
    }

    [Fact]
    public async Task Nothing_passes_a_stalled_link_until_it_goes_on()
    {
        var (client, server) = await ConnectBoth();
        using var ours = client;
        using var theirs = server;
        _proxy.Conditions.Stall(true);
        await client.SendAsync(new byte[] { 5 }, _patience.Token);
        var receiving = Receive(server, 1);
        // A connection made meanwhile shows that the proxy is at work.
        var (other, otherServer) = await ConnectBoth();
        other.Dispose();
        otherServer.Dispose();
        Assert.False(receiving.IsCompleted);

        _proxy.Conditions.Stall(false);

        Assert.Equal([5], await receiving);
    }

    [Fact]
    public async Task A_link_that_refuses_closes_new_connections()
    {
        _proxy.Refuse(true);
        using (var refused = await Connect())
            Assert.True(await EndsWithin(refused), "the connection was not closed");

        _proxy.Refuse(false);
        var (client, server) = await ConnectBoth();
        client.Dispose();
        server.Dispose();
    }

    private async Task<bool> EndsWithin(Socket socket)
    {
        try
        {
            return await socket.ReceiveAsync(new byte[1], _patience.Token) == 0;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}

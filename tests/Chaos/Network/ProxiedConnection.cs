using System.Net.Sockets;

namespace Chaos.Network;

/// <summary>Two connections, each of which is told what the other says.</summary>
internal sealed class ProxiedConnection(Socket client, Socket server, LinkConditions conditions)
{
    private readonly CancellationTokenSource _cut = new();
    private int _ended;

    /// <summary>Forwards both ways until both have ended, or one has failed.</summary>
    public async Task Run()
    {
        await Task.WhenAll(Forward(client, server), Forward(server, client));
        End(reset: false);
    }

    /// <summary>Ends both connections; what has not passed yet does not pass any more.</summary>
    public void Cut(bool reset)
    {
        _cut.Cancel();
        End(reset);
    }

    private void End(bool reset)
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0) return;
        foreach (var socket in new[] { client, server })
        {
            // With no time to linger the system sends a reset.
            if (reset) socket.LingerState = new LingerOption(true, 0);
            socket.Dispose();
        }
    }

    private async Task Forward(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, _cut.Token) is > 0 and var received)
            {
                for (var passed = 0; passed < received;)
                {
                    var length = await conditions.Next(received - passed, _cut.Token);
                    await Send(to, buffer.AsMemory(passed, length));
                    passed += length;
                }
            }
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // A peer that was killed resets its connection, and so the other one learns of it.
            Cut(reset: true);
        }
    }

    private async ValueTask Send(Socket to, ReadOnlyMemory<byte> octets)
    {
        while (octets.Length > 0) octets = octets[await to.SendAsync(octets, _cut.Token)..];
    }
}

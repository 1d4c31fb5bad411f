using Actors.Host.Commands;
using Actors.Host.Commands.Sockets;

namespace Actors.Host.Messaging.Running;

/// <summary>A socket that receives, and the reason why nobody sends.</summary>
internal sealed class Incoming : IDisposable
{
    // The engine's own default.
    private const int HighWaterMark = 1000;

    private static readonly TimeSpan s_linger = TimeSpan.FromSeconds(2);

    private readonly SocketPlan _plan;
    private readonly PeerWatch _watch;

    private Incoming(SocketPlan plan, ToolSocket socket, PeerWatch watch) => (_plan, Socket, _watch) = (plan, socket, watch);

    public ToolSocket Socket { get; }

    /// <param name="plan">The socket.</param>
    /// <param name="topics">What to subscribe to.</param>
    /// <param name="count">How many messages will be received; no more are taken from the transport than that, as far as it can be known.</param>
    /// <param name="output">Told the endpoint whose port the system chose.</param>
    public static Incoming Open(SocketPlan plan, IReadOnlyList<ReadOnlyMemory<byte>> topics, long? count, ToolOutput output)
    {
        var watch = new PeerWatch();
        var opened = ToolSocket.Open(plan, plan.Type!.Type, socket =>
        {
            watch.Watch(socket);
            socket.Options.ReceiveHighWatermark = (int)Math.Min(count ?? HighWaterMark, HighWaterMark);
            foreach (var topic in topics) socket.Subscribe(topic);
        });
        plan.SayChosenPorts(opened, output);
        return new Incoming(plan, opened, watch);
    }

    /// <summary>True when no peer will ever let this end in.</summary>
    public bool IsHopeless => _watch.IsHopeless(_plan);

    /// <summary>Why nothing comes.</summary>
    public string Why() => _watch.Peers > 0 ? $"{_plan.Endpoints}: nothing came" : _watch.Why(_plan);

    /// <summary>Closes the socket.</summary>
    /// <returns>How many messages had come and were not received.</returns>
    public async Task<long> Close()
    {
        await Socket.Close(TimeSpan.Zero, CancellationToken.None);
        var total = Socket.Statistics.Total;
        return total.DroppedUnread + total.QueuedIn;
    }

    /// <summary>Closes a socket that also sends, when its replies are sent.</summary>
    /// <returns>How many replies are not known to be sent.</returns>
    public async Task<long> CloseSending(CancellationToken hurry) => await Socket.Close(hurry.IsCancellationRequested ? TimeSpan.Zero : s_linger, CancellationToken.None);

    public void Dispose()
    {
        Socket.Dispose();
        _watch.Dispose();
    }
}

using Actors.Host.Commands;
using Actors.Host.Commands.Options;
using Actors.Host.Commands.Sockets;
using Actors.Zmtp;

namespace Actors.Host.Messaging.Running;

/// <summary>A socket that sends: waits for peers, says why there is none, and at the end lingers or says how many messages were not sent.</summary>
internal sealed class Outgoing : IDisposable
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(50);

    private readonly SocketPlan _plan;
    private readonly ToolSocket _socket;
    private readonly PeerWatch _watch;
    private readonly TimeSpan _timeout;
    private bool _isClosed;

    private Outgoing(SocketPlan plan, ToolSocket socket, PeerWatch watch, TimeSpan timeout) => (_plan, _socket, _watch, _timeout) = (plan, socket, watch, timeout);

    public ToolSocket Socket => _socket;

    /// <param name="plan">The socket.</param>
    /// <param name="timeout">How long a message waits for a peer that takes it, and the end of the run for all to be sent.</param>
    /// <param name="output">Told the endpoint whose port the system chose.</param>
    public static Outgoing Open(SocketPlan plan, TimeSpan timeout, ToolOutput output)
    {
        var watch = new PeerWatch();
        // A publisher that is told of its subscribers, and waits for those that are full.
        var type = plan.Type!.Type == ZmqSocketType.Pub ? ZmqSocketType.Xpub : plan.Type.Type;
        var socket = ToolSocket.Open(plan, type, opened =>
        {
            watch.Watch(opened);
            if (type == ZmqSocketType.Xpub) (opened.Options.XPubNoDrop, opened.Options.XPubVerbose) = (true, true);
            // Messages are dealt out to peers that are there, and do not wait for one that never comes.
            else opened.Options.DelayAttachOnConnect = true;
        });
        plan.SayChosenPorts(socket, output);
        return new Outgoing(plan, socket, watch, timeout);
    }

    /// <summary>Waits until so many subscribers are there.</summary>
    /// <exception cref="ToolException">They did not come in time.</exception>
    public async Task AwaitSubscribers(int count, CancellationToken stop)
    {
        var start = TimeProvider.System.GetTimestamp();
        var subscriptions = 0;
        while (subscriptions < count || _watch.Peers < count)
        {
            while (_socket.TryReceive() is { } told) subscriptions += told[0].Span is [1, ..] ? 1 : 0;
            if (subscriptions >= count && _watch.Peers >= count) return;
            if (TimeProvider.System.GetElapsedTime(start) >= _timeout || _watch.IsHopeless(_plan))
                throw new ToolException($"{subscriptions} of {count} subscribers came within {DurationOption.Text(_timeout)} ({_watch.Why(_plan)}); nothing was sent", ExitCode.NoAnswer);
            await Task.Run(() => _socket.Wait(toSend: false, s_look, stop), stop);
        }
    }

    /// <summary>Sends a message, waiting for a peer that takes it.</summary>
    /// <exception cref="ToolException">No peer took it in time, or no peer will.</exception>
    public async ValueTask Send(IReadOnlyList<ReadOnlyMemory<byte>> frames, CancellationToken stop)
    {
        if (Try(frames, out _)) return;
        var start = TimeProvider.System.GetTimestamp();
        while (!Try(frames, out var isUnroutable))
        {
            if (_watch.IsHopeless(_plan)) throw new ToolException($"no peer takes messages ({_watch.Why(_plan)})");
            if (TimeProvider.System.GetElapsedTime(start) >= _timeout)
            {
                if (isUnroutable) throw new ToolException($"no peer had the routing id {Convert.ToHexString(frames[0].Span)} of the first frame within {DurationOption.Text(_timeout)}", ExitCode.NoAnswer);
                throw new ToolException(
                    _watch.Peers == 0 ? $"no peer came within {DurationOption.Text(_timeout)} ({_watch.Why(_plan)})" : $"no peer took a message within {DurationOption.Text(_timeout)}: they do not receive, or are gone ({_watch.Why(_plan)})",
                    ExitCode.NoAnswer);
            }
            // A ROUTER can always send, to some peer; so does not say when the one that is meant has come.
            if (isUnroutable) await Task.Delay(s_look / 5, stop);
            else _socket.Wait(toSend: true, s_look, stop);
        }
    }

    /// <summary>Waits for the reply to a request.</summary>
    /// <exception cref="ToolException">It did not come in time.</exception>
    public IReadOnlyList<ReadOnlyMemory<byte>> AwaitReply(long number, CancellationToken stop)
    {
        if (_socket.TryReceive() is { } first) return first;
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < _timeout)
        {
            _socket.Wait(toSend: false, s_look, stop);
            if (_socket.TryReceive() is { } reply) return reply;
        }
        throw new ToolException($"no reply to request {number} within {DurationOption.Text(_timeout)} ({_watch.WhySilent(_plan)})", ExitCode.NoAnswer);
    }

    /// <summary>Closes the socket when all is sent, or the time is over, or the user hurries.</summary>
    /// <returns>How many messages were taken and are not known to be sent.</returns>
    public async Task<long> Close(CancellationToken hurry)
    {
        _isClosed = true;
        var start = TimeProvider.System.GetTimestamp();
        while (_socket.Statistics.Total.QueuedOut > 0 && TimeProvider.System.GetElapsedTime(start) < _timeout && !_watch.IsHopeless(_plan) && !hurry.IsCancellationRequested)
            await Task.WhenAny(Task.Delay(5, hurry));
        // What is in the transport's hands now is in the kernel's when the connections have ended in order.
        return await _socket.Close(_socket.Statistics.Total.QueuedOut > 0 ? TimeSpan.Zero : s_look * 20, CancellationToken.None);
    }

    public void Dispose()
    {
        if (!_isClosed)
        {
            _socket.Options.Linger = TimeSpan.Zero;
            _socket.Dispose();
        }
        _watch.Dispose();
    }

    private bool Try(IReadOnlyList<ReadOnlyMemory<byte>> frames, out bool isUnroutable)
    {
        var result = _socket.Send(frames);
        isUnroutable = result == SendResult.Unroutable;
        return result == SendResult.Sent;
    }
}

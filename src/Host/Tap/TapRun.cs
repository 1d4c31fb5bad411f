using Actors.Host.Commands.Sockets;
using Actors.Zmtp;

namespace Actors.Host.Tap;

/// <summary>What a tap is to do.</summary>
internal sealed record TapSettings
{
    public required TapTypes Types { get; init; }

    /// <summary>Of the end whose type is the first.</summary>
    public required SocketPlan Front { get; init; }

    /// <summary>Of the end whose type is the second.</summary>
    public required SocketPlan Back { get; init; }

    /// <summary>Messages that wait at each end for each peer; null for the sockets' default.</summary>
    public int? HighWaterMark { get; init; }

    /// <summary>Messages after which the tap ends; null for none.</summary>
    public long? Count { get; init; }

    /// <summary>The most time from the stop of the tap to its end. Default 5 s.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>Passes messages between two sockets, on one thread, and shows them.</summary>
internal sealed class TapRun(TapSettings settings, TapPrinter printer, TimeProvider time)
{
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(5);

    /// <summary>How long a tap of news waits for a quiet time: a publisher goes on for ever, and whoever leaves it misses what comes later.</summary>
    private static readonly TimeSpan s_news = TimeSpan.FromSeconds(2);

    private readonly TapEnding _ending = new(time, settings.Types.IsNews && settings.Drain > s_news ? s_news : settings.Drain);

    /// <summary>Runs until it is stopped or has passed its count.</summary>
    /// <param name="opened">Told the endpoints of both ends.</param>
    /// <param name="stop">Ends it in order: what has come is passed on first.</param>
    /// <exception cref="Commands.ToolException">An endpoint cannot be used.</exception>
    public TapSummary Run(Action<IReadOnlyList<string>, IReadOnlyList<string>> opened, CancellationToken stop)
    {
        using var front = TapEnd.Open(settings.Front, settings.Types.Front, settings.HighWaterMark, what => printer.Drop(isForward: false, what));
        using var back = TapEnd.Open(settings.Back, settings.Types.Back, settings.HighWaterMark, what => printer.Drop(isForward: true, what));
        opened(front.Endpoints, back.Endpoints);
        using ZmqPoller poller = [front.Socket, back.Socket];
        var (forward, backward) = Ways(front, back, () => poller.StopAsync());
        Watch(poller, forward, backward, stop);
        if (settings.Types.GoesForward) forward.Open();
        if (settings.Types.GoesBackward) backward.Open();
        poller.Run();
        forward.Close();
        backward.Close();
        poller.Remove(front.Socket);
        poller.Remove(back.Socket);
        var undelivered = End(front, back, forward, backward);
        return new TapSummary(forward.Messages, backward.Messages, forward.Bytes, backward.Bytes, printer.Dropped, undelivered);
    }

    private (TapWay Forward, TapWay Backward) Ways(TapEnd front, TapEnd back, Action end)
    {
        var left = settings.Count ?? long.MaxValue;
        var (forward, backward) = (default(TapWay), default(TapWay));
        forward = new TapWay(front, back, isForward: true, printer) { Passed = Passed };
        backward = new TapWay(back, front, isForward: false, printer) { Passed = Passed };
        return (forward, backward);

        bool Passed()
        {
            if (forward!.Messages + backward!.Messages < left) return true;
            end();
            return false;
        }
    }

    /// <summary>A clock on the poller's thread: it retries, and when the tap is stopped, waits until all is quiet.</summary>
    private void Watch(ZmqPoller poller, TapWay forward, TapWay backward, CancellationToken stop)
    {
        var clock = new ZmqTimer(s_tick);
        clock.Elapsed += (_, _) =>
        {
            forward.Retry();
            backward.Retry();
            if (!stop.IsCancellationRequested) return;
            _ending.Begin();
            var awaitsReplies = settings.Types.HasReplies && forward.Messages != backward.Messages;
            var isIdle = IsDone(forward, settings.Types.GoesForward) && IsDone(backward, settings.Types.GoesBackward) && !awaitsReplies;
            if (_ending.MayEnd(forward.Messages + backward.Messages, isIdle)) poller.StopAsync();
        };
        poller.Add(clock);
    }

    private static bool IsDone(TapWay way, bool isUsed) => !isUsed || way.IsEmpty;

    /// <summary>Ends the connections of who sends, passes on what has come, and waits until it has left, as long as there is time. Returns what could not be passed on.</summary>
    private long End(TapEnd front, TapEnd back, TapWay forward, TapWay backward)
    {
        // It has not begun where the tap has passed its count.
        _ending.Begin();
        using var pause = new ManualResetEventSlim();
        var types = settings.Types;
        // With a count the rest stays with the sender as far as it has not come.
        if (settings.Count is null && (types.IsNews || types.GoesForward != types.GoesBackward))
        {
            var isForward = types.IsNews ? types.Front == ZmqSocketType.Xsub : types.GoesForward;
            var (source, way) = isForward ? (front, forward) : (back, backward);
            source.EndConnections();
            while (!way.IsEmpty && _ending.Left > TimeSpan.Zero)
            {
                var before = way.Messages;
                way.Pass();
                if (way.Messages == before) pause.Wait(s_tick);
            }
        }
        foreach (var end in (TapEnd[])[front, back])
        {
            end.Socket.Options.Linger = TimeSpan.FromTicks(Math.Max(_ending.Left.Ticks, TapEnding.Quiet.Ticks));
            end.Dispose();
        }
        while (Waiting(front) + Waiting(back) > 0 && _ending.Left > -TapEnding.Quiet) pause.Wait(s_tick);
        return (forward.HoldsMessage ? 1 : 0) + (backward.HoldsMessage ? 1 : 0) + Lost(front) + Lost(back);
    }

    private static long Waiting(TapEnd end) => end.Socket.GetStatistics().Total.QueuedOut;

    private static long Lost(TapEnd end)
    {
        var total = end.Socket.GetStatistics().Total;
        return total.QueuedOut + total.DroppedUnsent + total.DroppedUnread;
    }
}

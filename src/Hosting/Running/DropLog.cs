using Actors.Transport;
using Akka.Actor;

namespace Actors.Hosting;

/// <summary>
/// Has written what roles and sockets drop: the sum for each of them and each reason, at once and then at most once
/// a second, so that a flood of drops is not one of log lines.
/// </summary>
internal sealed class DropLog : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Action<string, long, DropReason> _write;
    private readonly Dictionary<(string Source, DropReason Reason), long> _dropped = [];
    private bool _waiting;

    /// <param name="write">Writes the sum of a source and a reason; called on this actor's thread.</param>
    public DropLog(Action<string, long, DropReason> write)
    {
        _write = write;
        Receive<MessagesDropped>(OnDropped);
        Receive<Tick>(_ =>
        {
            _waiting = false;
            WriteAndWait();
        });
    }

    /// <summary>Set by Akka.</summary>
    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(MessagesDropped));

    protected override void PostStop() => Write();

    private void OnDropped(MessagesDropped what)
    {
        var key = (what.Source, what.Reason);
        _dropped[key] = _dropped.GetValueOrDefault(key) + what.Count;
        if (!_waiting) WriteAndWait();
    }

    private void WriteAndWait()
    {
        if (_dropped.Count == 0) return;
        Write();
        _waiting = true;
        Timers.StartSingleTimer(Tick.Instance, Tick.Instance, Interval);
    }

    private void Write()
    {
        foreach (var ((source, reason), count) in _dropped) _write(source, count, reason);
        _dropped.Clear();
    }

    private sealed record Tick
    {
        public static Tick Instance { get; } = new();
    }
}

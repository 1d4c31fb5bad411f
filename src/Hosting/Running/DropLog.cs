using Actors.Transport;
using Akka.Actor;
using Microsoft.Extensions.Logging;

namespace Actors.Hosting;

/// <summary>
/// Logs what roles and sockets drop, as a warning: the sum for each of them and each reason, at once and then at most once
/// a second, so that a flood of drops is not one of log lines.
/// </summary>
internal sealed class DropLog : ReceiveActor, IWithTimers
{
    /// <summary>The line for a source, a number of messages and the reason.</summary>
    public const string Line = "{Source}: dropped {Count} messages: {Reason}";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ILogger _log;
    private readonly Dictionary<(string Source, DropReason Reason), long> _dropped = [];
    private bool _waiting;

    /// <param name="log">The host's own.</param>
    public DropLog(ILogger log)
    {
        _log = log;
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
        foreach (var ((source, reason), count) in _dropped) _log.LogWarning(Line, source, count, reason);
        _dropped.Clear();
    }

    private sealed record Tick
    {
        public static Tick Instance { get; } = new();
    }
}

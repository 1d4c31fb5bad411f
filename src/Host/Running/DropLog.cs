using Actors.Transport;
using Akka.Actor;
using Akka.Event;

namespace Actors.Host.Running;

/// <summary>
/// Logs what roles and sockets drop, as a warning: the sum for each of them and each reason, at once and then at most once
/// a second, so that a flood of drops is not one of log lines.
/// </summary>
internal sealed class DropLog : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Dictionary<(string Source, DropReason Reason), long> _dropped = [];
    private readonly Losses _losses;
    private bool _waiting;

    /// <param name="losses">Collects what the exit code depends on.</param>
    public DropLog(Losses losses)
    {
        _losses = losses;
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
        _losses.Add(what);
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
        foreach (var ((source, reason), count) in _dropped) LogOf(source).Warning("{0}: dropped {1} messages: {2}", source, count, reason);
        _dropped.Clear();
    }

    /// <summary>The log of the role that a source of drops belongs to; a socket is named behind its role.</summary>
    private static ILoggingAdapter LogOf(string source) => Logging.GetLogger(Context.System, $"/user/roles/{Uri.EscapeDataString(source.Split('.')[0])}");

    private sealed record Tick
    {
        public static Tick Instance { get; } = new();
    }
}

using Actors.Transport;
using Akka.Actor;

namespace Actors.Hosting.Sources;

/// <summary>
/// Sends the same message at an interval, the first at once. The times are those of the start and not of the message before,
/// so that the mean gap is the interval, however late single timers are; a tick that finds no demand waits for it.
/// </summary>
internal sealed class Ticker : Source
{
    // Who was late for longer was suspended or had no demand, and does not send at once what nobody waits for any more.
    private static readonly TimeSpan MostBehind = TimeSpan.FromSeconds(1);

    private readonly Message _message;
    private readonly TimeSpan _interval;
    private readonly int _count;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly ITimer _timer;
    private TimeSpan _due;

    /// <param name="settings">What every source has.</param>
    /// <param name="message">What to send.</param>
    /// <param name="interval">The time between two messages.</param>
    /// <param name="count">How many to send; 0 is without end.</param>
    /// <param name="time">The clock and its timers, which are finer than those of the actor system.</param>
    public Ticker(SourceSettings settings, Message message, TimeSpan interval, int count, TimeProvider time)
        : base(settings)
    {
        _message = message;
        _interval = interval;
        _count = count;
        _time = time;
        _start = time.GetTimestamp();
        var self = Self;
        _timer = time.CreateTimer(_ => self.Tell(Tick.Instance), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    protected override void PostStop()
    {
        _timer.Dispose();
        base.PostStop();
    }

    protected override void OnDemand() => SendWhatIsDue();

    protected override void OnBegin()
    {
        if (IsDone) End();
    }

    private bool IsDone => _count > 0 && Sent >= _count;

    protected override void OnOther(object message)
    {
        if (message is Tick) SendWhatIsDue();
        else Unhandled(message);
    }

    private void SendWhatIsDue()
    {
        if (IsDone) return;
        var now = _time.GetElapsedTime(_start);
        if (now - _due > MostBehind) _due = now;
        for (; _due <= now && Demanded > 0 && !IsDone; _due += _interval) Send(_message);
        if (IsDone) End();
        else if (_due > now) _timer.Change(_due - now, Timeout.InfiniteTimeSpan);
    }

    private sealed record Tick
    {
        public static Tick Instance { get; } = new();
    }
}

using Actors.Transport;
using Akka.Actor;

namespace Actors.Host.Sources;

/// <summary>Sends the same message at an interval, the first at once; a tick that finds no demand waits for it.</summary>
internal sealed class Ticker : Source, IWithTimers
{
    private readonly Message _message;
    private readonly TimeSpan _interval;
    private readonly int _count;
    private bool _due = true;

    /// <param name="settings">What every source has.</param>
    /// <param name="message">What to send.</param>
    /// <param name="interval">The time between two messages.</param>
    /// <param name="count">How many to send; 0 is without end.</param>
    public Ticker(SourceSettings settings, Message message, TimeSpan interval, int count)
        : base(settings)
    {
        _message = message;
        _interval = interval;
        _count = count;
    }

    /// <summary>Set by Akka.</summary>
    public ITimerScheduler Timers { get; set; } = null!;

    protected override void OnDemand() => SendWhenDue();

    protected override void OnBegin()
    {
        if (IsDone) End();
    }

    private bool IsDone => _count > 0 && Sent >= _count;

    protected override void OnOther(object message)
    {
        if (message is not Tick)
        {
            Unhandled(message);
            return;
        }
        _due = true;
        SendWhenDue();
    }

    private void SendWhenDue()
    {
        if (!_due || Demanded == 0 || IsDone) return;
        _due = false;
        Send(_message);
        if (IsDone) End();
        else Timers.StartSingleTimer(Tick.Instance, Tick.Instance, _interval);
    }

    private sealed record Tick
    {
        public static Tick Instance { get; } = new();
    }
}

namespace Akka.Util;

/// <summary>A two-way switch: an action tied to a turn runs once, and the turn is undone when the action throws.</summary>
public class Switch
{
    private readonly Lock _gate = new();
    private volatile bool _on;

    public Switch(bool startAsOn = false) => _on = startAsOn;

    public bool IsOn => _on;

    public bool IsOff => !_on;

    public bool SwitchOn() => TranscendFrom(false, static () => { });

    public bool SwitchOn(Action action) => TranscendFrom(false, action);

    public bool SwitchOff() => TranscendFrom(true, static () => { });

    public bool SwitchOff(Action action) => TranscendFrom(true, action);

    public bool IfOn(Action action) => RunIf(IsOn, action);

    public bool IfOff(Action action) => RunIf(IsOff, action);

    public bool WhileOn(Action action)
    {
        lock (_gate)
            return RunIf(IsOn, action);
    }

    public bool WhileOff(Action action)
    {
        lock (_gate)
            return RunIf(IsOff, action);
    }

    public void Locked(Action action)
    {
        lock (_gate)
            action();
    }

    protected bool TranscendFrom(bool from, Action action)
    {
        lock (_gate)
        {
            if (_on != from)
                return false;
            _on = !from;
            try
            {
                action();
            }
            catch
            {
                _on = from;
                throw;
            }

            return true;
        }
    }

    private static bool RunIf(bool condition, Action action)
    {
        if (condition)
            action();
        return condition;
    }
}

namespace Akka.Actor.Internal;

/// <summary>Code that runs at the end of a system, last registered first; at once when the system has ended.</summary>
internal sealed class TerminationCallbacks
{
    private readonly Lock _gate = new();
    private Stack<Action>? _callbacks = new();

    public void Add(Action code)
    {
        lock (_gate)
        {
            if (_callbacks is not null)
            {
                _callbacks.Push(code);
                return;
            }
        }

        throw new InvalidOperationException("The actor system has ended; nothing can be registered for its end any more");
    }

    /// <summary>Runs everything, and returns what was thrown.</summary>
    public IReadOnlyList<Exception> Run()
    {
        Stack<Action>? callbacks;
        lock (_gate)
        {
            callbacks = _callbacks;
            _callbacks = null;
        }

        var failures = new List<Exception>();
        foreach (var callback in callbacks ?? [])
        {
            try
            {
                callback();
            }
            catch (Exception failure)
            {
                failures.Add(failure);
            }
        }

        return failures;
    }
}

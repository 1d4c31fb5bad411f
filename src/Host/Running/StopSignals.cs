using System.Runtime.InteropServices;

namespace Actors.Host.Running;

/// <summary>The requests to stop: SIGINT (Ctrl-C), SIGTERM and, where it does not reload, SIGHUP, and the cancellation of a token.</summary>
/// <remarks>They are handled here, so that the process does not end before what waits is delivered.</remarks>
internal sealed class StopSignals : IDisposable
{
    private static readonly PosixSignal[] s_signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];
    private static volatile bool s_hasRun;

    private readonly Lock _lock = new();
    private readonly IDisposable[] _registrations;
    private Action? _first;
    private Action? _second;
    private int _requests;

    /// <summary>From now on no request ends the process by itself; each waits for <see cref="Start"/>.</summary>
    /// <param name="stop">A request as well.</param>
    /// <param name="hangUp">What SIGHUP asks for instead of a stop, on any thread; null where it asks for that.</param>
    public StopSignals(CancellationToken stop, Action? hangUp = null)
    {
        s_hasRun = true;
        _registrations =
        [
            stop.Register(Request),
            .. s_signals.Select(signal => PosixSignalRegistration.Create(signal, received =>
            {
                received.Cancel = true;
                if (signal == PosixSignal.SIGHUP && hangUp is not null) hangUp();
                else Request();
            })),
        ];
    }

    /// <summary>Hands on the requests, those that came before included.</summary>
    /// <param name="first">Called at the first request, on any thread.</param>
    /// <param name="second">Called at each further one.</param>
    public void Start(Action first, Action second)
    {
        int before;
        lock (_lock)
        {
            (_first, _second) = (first, second);
            before = _requests;
        }
        for (var request = 1; request <= before; request++) (request == 1 ? first : second)();
    }

    /// <summary>
    /// For the program: a signal that comes when a host has ended and the process has not does not change the exit code.
    /// </summary>
    /// <returns>To be kept until the end of the process.</returns>
    public static IDisposable[] Outlast() =>
        [.. s_signals.Select(signal => PosixSignalRegistration.Create(signal, static received => received.Cancel |= s_hasRun))];

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
    }

    private void Request()
    {
        Action? handed;
        lock (_lock) handed = ++_requests == 1 ? _first : _second;
        handed?.Invoke();
    }
}

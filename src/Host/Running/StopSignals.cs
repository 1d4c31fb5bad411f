using System.Runtime.InteropServices;

namespace Actors.Host.Running;

/// <summary>The requests to stop: SIGINT (Ctrl-C), SIGTERM and SIGHUP, and the cancellation of a token.</summary>
/// <remarks>They are handled here, so that the process does not end before what waits is delivered.</remarks>
internal sealed class StopSignals : IDisposable
{
    private static readonly PosixSignal[] s_signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];

    private readonly Action _first;
    private readonly Action _second;
    private readonly IDisposable[] _registrations;
    private int _requests;

    /// <param name="stop">A request as well.</param>
    /// <param name="first">Called at the first request, on any thread.</param>
    /// <param name="second">Called at each further one.</param>
    public StopSignals(CancellationToken stop, Action first, Action second)
    {
        _first = first;
        _second = second;
        _registrations =
        [
            stop.Register(Request),
            .. s_signals.Select(signal => PosixSignalRegistration.Create(signal, received =>
            {
                received.Cancel = true;
                Request();
            })),
        ];
    }

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
    }

    private void Request()
    {
        if (Interlocked.Increment(ref _requests) == 1) _first();
        else _second();
    }
}

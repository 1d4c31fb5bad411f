using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Runtime.ExceptionServices;

namespace Fuzz;

/// <summary>
/// Sees each exception when it is thrown, also one that the engine catches to keep it within its connection. None is
/// right on an I/O thread: what a peer sends is judged with values.
/// </summary>
internal sealed class FaultWatch : IDisposable
{
    private readonly ConcurrentQueue<string> _faults = new();

    public FaultWatch() => AppDomain.CurrentDomain.FirstChanceException += OnThrown;

    public void Dispose() => AppDomain.CurrentDomain.FirstChanceException -= OnThrown;

    /// <exception cref="InvalidOperationException">An I/O thread threw since the last call.</exception>
    public void Check()
    {
        if (_faults.TryDequeue(out var fault)) throw new InvalidOperationException($"the engine threw: {fault}");
    }

    private void OnThrown(object? sender, FirstChanceExceptionEventArgs thrown)
    {
        // The base library has no other way to say that connecting does not block.
        if (thrown.Exception is SocketException) return;
        if (Thread.CurrentThread.Name?.StartsWith("Zmtp", StringComparison.Ordinal) == true)
            _faults.Enqueue($"{thrown.Exception}{Environment.NewLine}{Environment.StackTrace}");
    }
}

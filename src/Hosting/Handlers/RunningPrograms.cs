using System.Collections.Concurrent;

namespace Actors.Hosting.Handlers;

/// <summary>The runs of an exec handler that have not ended. They end with the handler, and with the host, in whatever way that exits.</summary>
/// <remarks>Safe to use from any thread.</remarks>
internal sealed class RunningPrograms : IDisposable
{
    private readonly ConcurrentDictionary<ProgramRun, bool> _running = new();
    private volatile bool _closed;

    public RunningPrograms() => AppDomain.CurrentDomain.ProcessExit += OnProcessExit;

    public void Add(ProgramRun run)
    {
        _running.TryAdd(run, true);
        if (_closed) run.Kill();
    }

    public void Remove(ProgramRun run) => _running.TryRemove(run, out _);

    /// <summary>Kills all, and whatever is added later.</summary>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        KillAll();
    }

    private void OnProcessExit(object? sender, EventArgs exit) => KillAll();

    private void KillAll()
    {
        _closed = true;
        foreach (var run in _running.Keys) run.Kill();
    }
}

using Actors.Host.Control;
using Actors.Hosting.Configuration;
using Akka.Event;

namespace Actors.Host.Reload;

/// <summary>Reloads at SIGHUP and when the file, one that it includes or one of its key files is written. Logs what was done.</summary>
internal sealed class ReloadTrigger : IDisposable
{
    // An editor writes a file in several steps.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    private readonly Reloader _reloader;
    private readonly ILoggingAdapter _log;
    private readonly Action<string> _say;
    private readonly ITimer _due;
    private readonly CancellationTokenSource _closed = new();
    private readonly Lock _lock = new();
    private List<FileSystemWatcher> _watchers = [];

    /// <param name="reloader">Does it.</param>
    /// <param name="log">For what goes wrong.</param>
    /// <param name="say">For what was done, a line each.</param>
    /// <param name="clock">Tells when a file has been quiet for long enough.</param>
    public ReloadTrigger(Reloader reloader, ILoggingAdapter log, Action<string> say, TimeProvider clock)
    {
        _reloader = reloader;
        _log = log;
        _say = say;
        _due = clock.CreateTimer(_ => _ = Run(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Watch();
    }

    /// <summary>Reloads soon, once for all that is asked meanwhile. On any thread.</summary>
    public void Ask() => _due.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _closed.Cancel();
        _due.Dispose();
        lock (_lock)
        {
            foreach (var watcher in _watchers) watcher.Dispose();
            _watchers = [];
        }
    }

    private async Task Run()
    {
        try
        {
            var reply = await _reloader.Reload(_closed.Token).ConfigureAwait(false);
            if (reply.Error is { } error)
            {
                _log.Error("reload: {0}", error.Message);
                foreach (var detail in error.Details ?? []) _log.Error("{0}", detail);
                // Whoever has asked asks once more when the other one is done.
                if (error.Code == ControlErrors.Busy && !_closed.IsCancellationRequested) _due.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
                return;
            }
            foreach (var line in ReloadText.Lines(reply.Reloaded!)) _say($"reload: {line}");
            Watch();
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            if (!_closed.IsCancellationRequested) _log.Error("reload: it failed: {0}", fault.Message);
        }
    }

    /// <summary>Watches the files that the plan in force was read from, and its key files.</summary>
    private void Watch()
    {
        lock (_lock)
        {
            if (_closed.IsCancellationRequested) return;
            foreach (var watcher in _watchers) watcher.Dispose();
            _watchers = [.. FilesOf(_reloader.Current.File).Union(_reloader.KeysInForce.Paths).GroupBy(file => Path.GetDirectoryName(file)!).Where(folder => Directory.Exists(folder.Key)).Select(folder => Watched(folder.Key, [.. folder]))];
        }
    }

    private FileSystemWatcher Watched(string folder, HashSet<string> files)
    {
        // The folder and not the file, because editors put another file in its place.
        var watcher = new FileSystemWatcher(folder) { NotifyFilter = NotifyFilters.LastWrite | NotifyFilters.FileName | NotifyFilters.CreationTime | NotifyFilters.Size };
        void Changed(string path)
        {
            if (files.Contains(path)) _due.Change(Quiet, Timeout.InfiniteTimeSpan);
        }
        watcher.Changed += (_, e) => Changed(e.FullPath);
        watcher.Created += (_, e) => Changed(e.FullPath);
        watcher.Renamed += (_, e) => Changed(e.FullPath);
        watcher.Error += (_, e) => _log.Warning("reload: changes in {0} may have been missed: {1}", folder, e.GetException().Message);
        watcher.EnableRaisingEvents = true;
        return watcher;
    }

    /// <summary>The file, and those of its includes that have given it something.</summary>
    private static HashSet<string> FilesOf(ConfigFile file)
    {
        var files = new HashSet<string> { Path.GetFullPath(file.File) };
        Add(file.Root);
        return files;

        void Add(Hocon.ConfigObject section)
        {
            foreach (var field in section.Fields)
            {
                if (field.Origin.Source is { } source && File.Exists(source)) files.Add(Path.GetFullPath(source));
                if (field.Value is Hocon.ConfigObject below) Add(below);
            }
        }
    }
}

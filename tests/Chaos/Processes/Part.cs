using System.Diagnostics;

namespace Chaos.Processes;

/// <summary>A part of the system under test: a program that is started, killed, frozen and started again under one name.</summary>
internal sealed class Part : IAsyncDisposable
{
    /// <summary>What the host promises to need at most behind its stop timeout.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(0.5);

    /// <summary>What a busy machine needs to end a process and to read its output.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(3);

    /// <summary>A supervised process that ends again and again before it is ready is a fault.</summary>
    private const int MostStarts = 5;

    private readonly Func<ProcessStartInfo> _program;
    private readonly string _folder;
    private readonly string? _readyMark;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly SemaphoreSlim _writing = new(1);
    private readonly TaskCompletionSource<int> _endedByItself = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<OrderlyStop> _stops = [];
    private readonly CancellationTokenSource _closing = new();
    private ChildProcess? _process;

    /// <param name="name">In the schedule of faults, and of the log files.</param>
    /// <param name="folder">Of the run.</param>
    /// <param name="program">What to start; called each time, because endpoints may have changed.</param>
    /// <param name="readyMark">What the program prints when its sockets are open; null when it says nothing then.</param>
    public Part(string name, string folder, Func<ProcessStartInfo> program, string? readyMark)
    {
        Name = name;
        _folder = folder;
        _program = program;
        _readyMark = readyMark;
    }

    public string Name { get; }

    /// <summary>How often it was started.</summary>
    public int Starts { get; private set; }

    /// <summary>Called for each line of output.</summary>
    public Action<string> OnLine { get; init; } = _ => { };

    /// <summary>Called with the line that says that it is ready, after each start.</summary>
    public Action<string> OnReady { get; init; } = _ => { };

    /// <summary>Called after each kill, when all that the process had printed has been read.</summary>
    public Action OnKilled { get; init; } = () => { };

    /// <summary>The stop timeout of the host; it must have ended within that and its grace.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Told each stop in order, when all that the process had printed has been read; by default it is as a kill.</summary>
    public Action<OrderlyStop>? OnStopped { get; init; }

    /// <summary>Whether a process that ends by itself is started again, as a supervisor does with a host.</summary>
    public bool Supervised { get; init; }

    /// <summary>Done when a supervised process may be started again. By default it may at once.</summary>
    public Func<Task> MayStartAgain { get; init; } = () => Task.CompletedTask;

    /// <summary>How often a supervised process ended by itself.</summary>
    public int EndsByItself { get; private set; }

    /// <summary>The process that runs now; null when there is none.</summary>
    public int? ProcessId => _process?.Id;

    /// <summary>The stops in order that have ended.</summary>
    public IReadOnlyList<OrderlyStop> Stops => _stops;

    /// <summary>Starts it unless it is there, and waits until it is ready.</summary>
    public Task Start() => InTurn(async () =>
    {
        // After two kills, one upon the other, the second has nothing to bring back.
        if (_closing.IsCancellationRequested || _process is not null) return;
        try
        {
            await StartNow();
            if (_readyMark is not null) await BecomeReady();
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The run is over. A process that waits for others to become ready would wait for ever.
        }
    });

    private async Task BecomeReady()
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                OnReady(await _process!.Ready.WaitAsync(_closing.Token));
                return;
            }
            catch (ViolationException) when (Supervised && tries < MostStarts)
            {
                EndsByItself++;
                await KillNow();
                await StartNow();
            }
        }
    }

    /// <summary>kill -9; returns when the process is gone and its output is read.</summary>
    public Task Kill() => InTurn(KillNow);

    /// <summary>Asks it to stop, once or twice, and returns when it has ended and its output is read.</summary>
    /// <param name="signal">What asks it.</param>
    /// <param name="again">When it is asked again; null asks once.</param>
    /// <exception cref="ViolationException">It did not end within its time, or with another exit code than 0 or 1.</exception>
    public Task StopInOrder(StopSignal signal, TimeSpan? again) => InTurn(async () =>
    {
        if (_process is null) return;
        await using var stopped = _process;
        _process = null;
        var began = Stopwatch.GetTimestamp();
        Ask(stopped, signal);
        // A process that stands still hears nothing else.
        stopped.Continue();
        if (again is { } later && await Task.WhenAny(stopped.Ended, Task.Delay(later)) != stopped.Ended) Ask(stopped, signal);
        var most = StopTimeout + Grace + Slack;
        int code;
        try
        {
            code = await stopped.Ended.WaitAsync(most);
        }
        catch (TimeoutException)
        {
            throw new ViolationException($"{Name} did not end within {most.TotalMilliseconds} ms after {signal}");
        }
        // Before the host's first instruction the signal has its default effect, and there is nothing to lose.
        if (code is 128 + 1 or 128 + 15 && File.ReadLines(stopped.LogFile).Skip(1).All(string.IsNullOrWhiteSpace)) code = 0;
        if (code is not (0 or 1)) throw new ViolationException($"{Name} ended with exit code {code} after {signal}: expected 0 or 1");
        var stop = new OrderlyStop(Name, signal, Twice: again is not null, code, Stopwatch.GetElapsedTime(began));
        _stops.Add(stop);
        if (OnStopped is { } told) told(stop);
        else OnKilled();
    });

    public Task Freeze() => InTurn(() =>
    {
        _process?.Stop();
        return Task.CompletedTask;
    });

    public Task Thaw() => InTurn(() =>
    {
        _process?.Continue();
        return Task.CompletedTask;
    });

    /// <summary>Writes lines to the standard input of its process.</summary>
    public async Task Write(IEnumerable<string> lines)
    {
        foreach (var line in lines) await _process!.Input.WriteLineAsync(line);
        await _process!.Input.FlushAsync();
    }

    /// <summary>Writes a line to the standard input of its process, if there is one that reads it. May be called by many at a time.</summary>
    public async Task TryWrite(string line)
    {
        if (_process is not { } process) return;
        await _writing.WaitAsync();
        try
        {
            // A process that stands still takes what fits into the pipe; the line is lost with it.
            await process.Input.WriteLineAsync(line);
            await process.Input.FlushAsync();
        }
        catch (Exception end) when (end is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // It has ended.
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>The exit code of a process of this part that was not killed, whichever of them it is.</summary>
    public Task<int> EndedByItself => _endedByItself.Task;

    /// <summary>Asks it to end, as Ctrl-C does, and waits for it.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> Terminate()
    {
        _process!.Terminate();
        return await _process.Ended;
    }

    public async ValueTask DisposeAsync()
    {
        // Before its turn: a start holds the turn until the process is ready.
        await _closing.CancelAsync();
        await InTurn(KillNow);
    }

    private static void Ask(ChildProcess process, StopSignal signal)
    {
        if (signal == StopSignal.HangUp) process.HangUp();
        else process.Terminate();
    }

    private async Task StartNow()
    {
        await MayStartAgain().WaitAsync(_closing.Token);
        Starts++;
        _process = new ChildProcess(_program(), Path.Combine(_folder, $"{Name}-{Starts}.log"), _readyMark, OnLine);
        _ = Watch(_process);
    }

    private async Task KillNow()
    {
        if (_process is null) return;
        var killed = _process;
        _process = null;
        await killed.DisposeAsync();
        OnKilled();
    }

    private async Task Watch(ChildProcess process)
    {
        try
        {
            var code = await process.Ended;
            if (_process != process) return;
            if (Supervised) await StartAgain(process);
            else _endedByItself.TrySetResult(code);
        }
        catch (Exception cause)
        {
            _endedByItself.TrySetException(cause);
        }
    }

    /// <summary>Only a process that had been ready comes here in its turn; of others, <see cref="Start"/> sees the end first.</summary>
    private async Task StartAgain(ChildProcess ended)
    {
        await InTurn(async () =>
        {
            if (_closing.IsCancellationRequested || _process != ended) return;
            EndsByItself++;
            await KillNow();
        });
        await Start();
    }

    private async Task InTurn(Func<Task> act)
    {
        await _turn.WaitAsync();
        try
        {
            await act();
        }
        finally
        {
            _turn.Release();
        }
    }
}

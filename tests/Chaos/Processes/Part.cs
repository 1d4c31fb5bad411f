using System.Diagnostics;

namespace Chaos.Processes;

/// <summary>A part of the system under test: a program that is started, killed, frozen and started again under one name.</summary>
internal sealed class Part : IAsyncDisposable
{
    private readonly Func<ProcessStartInfo> _program;
    private readonly string _folder;
    private readonly string? _readyMark;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly TaskCompletionSource<int> _endedByItself = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ChildProcess? _process;
    private bool _closed;

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

    /// <summary>Starts it unless it is there, and waits until it is ready.</summary>
    public Task Start() => InTurn(async () =>
    {
        // After two kills, one upon the other, the second has nothing to bring back.
        if (_closed || _process is not null) return;
        Starts++;
        _process = new ChildProcess(_program(), Path.Combine(_folder, $"{Name}-{Starts}.log"), _readyMark, OnLine);
        _ = Watch(_process);
        if (_readyMark is not null) OnReady(await _process.Ready);
    });

    /// <summary>kill -9; returns when the process is gone and its output is read.</summary>
    public Task Kill() => InTurn(KillNow);

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

    /// <summary>The exit code of a process of this part that was not killed, whichever of them it is.</summary>
    public Task<int> EndedByItself => _endedByItself.Task;

    /// <summary>Asks it to end, as Ctrl-C does, and waits for it.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> Terminate()
    {
        _process!.Terminate();
        return await _process.Ended;
    }

    public ValueTask DisposeAsync() => new(InTurn(async () =>
    {
        _closed = true;
        await KillNow();
    }));

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
            if (_process == process) _endedByItself.TrySetResult(code);
        }
        catch (Exception cause)
        {
            _endedByItself.TrySetException(cause);
        }
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

using Chaos.Network;
using Chaos.Processes;
using Chaos.Running;

namespace Chaos.Faults;

/// <summary>Does the faults of a schedule when their time comes, and undoes them.</summary>
internal sealed class FaultInjector(IReadOnlyDictionary<string, Part> parts, IReadOnlyDictionary<string, FaultProxy> links, NumberedMessages delivered)
{
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(2);
    private const int Slow = 200_000;
    private const int Small = 7;

    private readonly CancellationTokenSource _finished = new();
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Task> _running = [];
    private readonly SemaphoreSlim _turn = new(1);
    private int _done;

    /// <summary>How many faults were done.</summary>
    public int Done => _done;

    /// <summary>What is to be done; empty until the run has begun.</summary>
    public IReadOnlyList<Fault> Schedule { get; private set; } = [];

    /// <summary>Whether a fault waits until the one before is undone.</summary>
    public bool OneAtATime { get; set; }

    public void Begin(IReadOnlyList<Fault> schedule)
    {
        Schedule = schedule;
        _running.AddRange(schedule.Select(Run));
    }

    /// <summary>Does one fault after the other, each when so many messages have been delivered since the one before was undone.</summary>
    /// <param name="schedule">In order.</param>
    /// <param name="act">Does a fault and undoes it; the token ends the time that it lasts.</param>
    public void BeginInTurn(IReadOnlyList<Fault> schedule, Func<Fault, CancellationToken, Task> act)
    {
        Schedule = schedule;
        _running.Add(RunInTurn());

        async Task RunInTurn()
        {
            try
            {
                foreach (var fault in schedule)
                {
                    await delivered.Reached(delivered.Distinct + fault.After).WaitAsync(_finished.Token);
                    Interlocked.Increment(ref _done);
                    await act(fault, _finished.Token);
                }
            }
            catch (OperationCanceledException) when (_finished.IsCancellationRequested)
            {
                // The run is over.
            }
            catch (Exception cause)
            {
                _failed.TrySetException(cause);
                throw;
            }
        }
    }

    /// <summary>Ends when every fault has been done and undone.</summary>
    public Task Completed => Task.WhenAll(_running);

    /// <summary>Does no more faults, and undoes at once those that last; what failed meanwhile is thrown.</summary>
    public async Task Finish()
    {
        await _finished.CancelAsync();
        await Task.WhenAll(_running);
    }

    /// <summary>Fails as soon as a fault could not be done or undone; otherwise it does not end.</summary>
    public Task Failed => _failed.Task;

    private async Task Run(Fault fault)
    {
        try
        {
            await delivered.Reached(fault.After).WaitAsync(_finished.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        if (OneAtATime) await _turn.WaitAsync();
        try
        {
            if (OneAtATime && _finished.IsCancellationRequested) return;
            Interlocked.Increment(ref _done);
            if (Fault.IsOrderlyStop(fault.Kind)) await OfParts(fault, [.. fault.Target.Split('+').Select(name => parts[name])]);
            else if (Fault.IsOfPart(fault.Kind)) await OfPart(fault, parts[fault.Target]);
            else await OfLink(fault, links[fault.Target]);
        }
        catch (Exception cause)
        {
            _failed.TrySetException(cause);
            throw;
        }
        finally
        {
            if (OneAtATime) _turn.Release();
        }
    }

    private async Task OfParts(Fault fault, IReadOnlyList<Part> targets)
    {
        var signal = fault.Kind == FaultKind.HangUp ? StopSignal.HangUp : StopSignal.Terminate;
        TimeSpan? again = fault.Kind == FaultKind.TerminateTwice ? fault.For : null;
        foreach (var part in targets) await part.StopInOrder(signal, again);
        if (again is null) await Last(fault.For);
        foreach (var part in targets) await part.Start();
    }

    private async Task OfPart(Fault fault, Part part)
    {
        if (fault.Kind == FaultKind.Kill)
        {
            await part.Kill();
            await Last(fault.For);
            await part.Start();
        }
        else
        {
            await part.Freeze();
            await Last(fault.For);
            await part.Thaw();
        }
    }

    private async Task OfLink(Fault fault, FaultProxy link)
    {
        switch (fault.Kind)
        {
            case FaultKind.Cut: link.Cut(reset: false); break;
            case FaultKind.Reset: link.Cut(reset: true); break;
            case FaultKind.Refuse:
                link.Refuse(true);
                link.Cut(reset: true);
                await Last(fault.For);
                link.Refuse(false);
                break;
            case FaultKind.Stall:
                link.Conditions.Stall(true);
                await Last(fault.For);
                link.Conditions.Stall(false);
                break;
            case FaultKind.Delay:
                link.Conditions.Delay(Late);
                await Last(fault.For);
                link.Conditions.Delay(TimeSpan.Zero);
                break;
            case FaultKind.Throttle:
                link.Conditions.Throttle(Slow);
                await Last(fault.For);
                link.Conditions.Throttle(0);
                break;
            case FaultKind.Split:
                link.Conditions.Split(Small);
                await Last(fault.For);
                link.Conditions.Split(0);
                break;
            default: throw new InvalidOperationException($"{fault.Kind} is not done to a link");
        }
    }

    private async Task Last(TimeSpan time)
    {
        try
        {
            await Task.Delay(time, _finished.Token);
        }
        catch (OperationCanceledException)
        {
            // The run is over; the fault is undone now.
        }
    }
}

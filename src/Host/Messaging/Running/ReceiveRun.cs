using Actors.Host.Commands;
using Actors.Host.Commands.Options;
using Actors.Host.Messaging.Frames;

namespace Actors.Host.Messaging.Running;

/// <summary>When a run of <c>recv</c> or <c>sub</c> ends by itself.</summary>
/// <param name="Count">After so many messages; null for no such end.</param>
/// <param name="Wait">After so long without a message.</param>
/// <param name="Timeout">After so long in all.</param>
internal sealed record ReceiveLimits(long? Count, TimeSpan? Wait, TimeSpan? Timeout);

/// <summary>One run of <c>recv</c> or <c>sub</c>.</summary>
internal sealed class ReceiveRun(ToolContext context, string verb, Incoming incoming, MessageWriter writer, ReceiveLimits limits, bool isQuiet)
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(50);

    private readonly TimeProvider _time = context.Invocation.Time;
    private readonly Tally _tally = new(verb, "received", context.Invocation.Time);

    public async Task<int> Run(CancellationToken stop)
    {
        var code = ExitCode.Success;
        try
        {
            var isShown = !isQuiet && !context.Invocation.OutputIsTerminal;
            var isComplete = false;
            await ToolProgress.Run(context.Output, isShown, "receiving", limits.Count, () => _tally.Messages, () =>
            {
                isComplete = Receive(stop);
                return Task.CompletedTask;
            });
            if (!isComplete)
            {
                var isShort = _tally.Messages == 0 || limits.Count is not null;
                if (isShort) context.Output.Errors.WriteLine($"{verb}: {_tally.Messages}{(limits.Count is { } count ? $" of {count}" : "")} messages came in time ({incoming.Why()})");
                code = isShort ? ExitCode.NoAnswer : ExitCode.Success;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            code = limits.Count is null ? ExitCode.Success : ExitCode.Interrupted;
        }
        catch (ToolException fault)
        {
            context.Output.Errors.WriteLine($"{verb}: {fault.Message}");
            code = fault.Code;
        }
        var unread = await incoming.Close();
        if (unread > 0)
        {
            context.Output.Errors.WriteLine($"{verb}: {unread} more messages had come and were not received; they are lost");
            if (limits.Count is null && code == ExitCode.Success) code = ExitCode.Failed;
        }
        _tally.Write(context.Output, isAlone: false, isQuiet, unread);
        return code;
    }

    /// <returns>True when the count was reached; false when the time was over.</returns>
    private bool Receive(CancellationToken stop)
    {
        var (start, last) = (_time.GetTimestamp(), _time.GetTimestamp());
        while (limits.Count is null || _tally.Messages < limits.Count)
        {
            stop.ThrowIfCancellationRequested();
            if (incoming.Socket.TryReceive() is { } frames)
            {
                writer.Write(frames);
                _tally.Add(frames);
                if (limits.Wait is not null) last = _time.GetTimestamp();
                if (limits.Timeout is { } longest && _time.GetElapsedTime(start) >= longest) break;
                continue;
            }
            writer.Flush();
            if (Left(start, limits.Timeout) is not { } all || Left(last, limits.Wait) is not { } quiet) break;
            if (incoming.IsHopeless) throw new ToolException($"no peer sends messages ({incoming.Why()})");
            var least = all < quiet ? all : quiet;
            incoming.Socket.Wait(toSend: false, least < s_look ? least : s_look, stop);
        }
        writer.Flush();
        return _tally.Messages == limits.Count;
    }

    /// <summary>What is left of a time; null when it is over.</summary>
    private TimeSpan? Left(long since, TimeSpan? limit)
    {
        if (limit is not { } longest) return TimeSpan.MaxValue;
        var left = longest - _time.GetElapsedTime(since);
        return left > TimeSpan.Zero ? left : null;
    }
}

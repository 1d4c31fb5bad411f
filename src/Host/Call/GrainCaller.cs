using System.Text;
using System.Text.Json;
using Actors.Host.Commands;
using Actors.Host.Commands.Sockets;
using Actors.Zmtp;

namespace Actors.Host.Call;

/// <summary>How a call ended: a result, or an error's word and text.</summary>
internal sealed record CallOutcome(string? Json, string Code, string Text)
{
    public const string Timeout = "timeout";

    public static CallOutcome Result(string json) => new(json, "", "");

    public static CallOutcome Error(string code, string text) => new(null, code, text);

    /// <summary>Another try may end better.</summary>
    public bool IsRefusal { get; init; }

    /// <summary>The number of times that the call was sent.</summary>
    public int Tries { get; init; }
}

/// <summary>
/// Calls a grain through gateways (docs/protocols/grains.md). A call with an id is tried until its time is up, at one gateway after
/// the other. One without is sent once: another gateway is tried only as long as none has taken it.
/// </summary>
internal sealed class GrainCaller(CallSettings call, SocketPlan plan, TimeProvider time)
{
    private const byte ResultMark = 0;
    private const byte ErrorMark = 1;

    private readonly SocketPlan[] _gateways = [.. plan.Bind.Select(one => plan with { Bind = [one], Connect = [] }), .. plan.Connect.Select(one => plan with { Bind = [], Connect = [one] })];
    private readonly long _started = time.GetTimestamp();
    private int _tries;

    private TimeSpan Left => call.Timeout - time.GetElapsedTime(_started);

    /// <summary>Calls, and waits on this thread.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ToolException">An endpoint cannot be used, or a gateway answers with what is none of the protocol.</exception>
    public CallOutcome Run(CancellationToken stop)
    {
        var patience = call.FirstTry;
        var last = CallOutcome.Error(CallOutcome.Timeout, $"no gateway took the call within {call.Timeout.TotalSeconds:0.###} s");
        for (var next = 0; Left > TimeSpan.Zero; next++, patience *= 2)
        {
            var isLast = call.Id is null && _gateways.Length == 1;
            using var socket = ToolSocket.Open(_gateways[next % _gateways.Length], ZmqSocketType.Dealer, opened =>
            {
                opened.Options.DelayAttachOnConnect = true;
                opened.Options.Linger = TimeSpan.Zero;
            });
            var sent = Send(socket, isLast ? Left : Least(patience, Left), stop);
            if (!sent) continue;
            _tries++;
            last = CallOutcome.Error(CallOutcome.Timeout, $"a gateway took the call and has not answered within {call.Timeout.TotalSeconds:0.###} s; it may have been done");
            if (Receive(socket, call.Id is null ? Left : Least(patience, Left), stop) is not { } outcome)
            {
                if (call.Id is null) break;
                continue;
            }
            if (outcome.Json is not null || !MayTryAgain(outcome)) return outcome with { Tries = _tries };
            last = outcome;
            Pause(Least(patience / 10, Left), stop);
        }
        return last with { Tries = _tries };
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static void Pause(TimeSpan wait, CancellationToken stop)
    {
        if (wait > TimeSpan.Zero && stop.WaitHandle.WaitOne(wait)) stop.ThrowIfCancellationRequested();
    }

    private bool Send(ToolSocket socket, TimeSpan most, CancellationToken stop)
    {
        if (!socket.Wait(toSend: true, most, stop)) return false;
        ReadOnlyMemory<byte>[] body = [ReadOnlyMemory<byte>.Empty, call.Frame(Left), call.Arguments];
        return socket.TrySend(call.Id is null ? body : [call.Id.Request, .. body]);
    }

    /// <summary>The answer of this call; answers of others are passed over.</summary>
    private CallOutcome? Receive(ToolSocket socket, TimeSpan most, CancellationToken stop)
    {
        var begun = time.GetTimestamp();
        while (socket.Wait(toSend: false, TimeSpan.FromTicks(Math.Max(0, (most - time.GetElapsedTime(begun)).Ticks)), stop))
        {
            if (socket.TryReceive() is { } frames && Read(frames) is { } outcome) return outcome;
        }
        return null;
    }

    /// <summary>Only a refusal that another try may not have; overload ends the call.</summary>
    private bool MayTryAgain(CallOutcome outcome) => call.Id is not null && outcome.IsRefusal && outcome.Code != "overloaded";

    private CallOutcome? Read(IReadOnlyList<ReadOnlyMemory<byte>> frames)
    {
        var isRefusal = false;
        var at = 0;
        if (call.Id is not null)
        {
            isRefusal = frames[0].Span.SequenceEqual(call.Id.Refusal);
            if (!isRefusal && !frames[0].Span.SequenceEqual(call.Id.Request)) return null;
            at = 1;
        }
        if (frames.Count < at + 3 || !frames[at].IsEmpty || frames[at + 1].Length != 1) throw Broken($"{frames.Count} frames that are no answer");
        var mark = frames[at + 1].Span[0];
        var first = Encoding.UTF8.GetString(frames[at + 2].Span);
        if (isRefusal) return OfRefusal(mark, first);
        return (mark, frames.Count - at) switch
        {
            (ResultMark, 3) => IsJson(frames[at + 2]) ? CallOutcome.Result(first) : throw Broken("a result that is no JSON"),
            (ErrorMark, 4) => CallOutcome.Error(first, Encoding.UTF8.GetString(frames[at + 3].Span)),
            _ => throw Broken($"an answer that begins with 0x{mark:x2}"),
        };
    }

    /// <summary>The text of a gateway's refusal begins with the word of the error.</summary>
    private static CallOutcome OfRefusal(byte code, string text)
    {
        var word = code switch { 1 => "overloaded", 2 => "no-node", 3 => CallOutcome.Timeout, 4 => "fenced", _ => "failed" };
        return CallOutcome.Error(word, text.StartsWith($"{word}: ", StringComparison.Ordinal) ? text[(word.Length + 2)..] : text) with { IsRefusal = true };
    }

    private static bool IsJson(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var parsed = JsonDocument.Parse(json);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static ToolException Broken(string what) => new($"the peer sent {what}: expected a gateway of grains (docs/protocols/grains.md)");
}

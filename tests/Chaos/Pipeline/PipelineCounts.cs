using System.Globalization;
using System.Text.RegularExpressions;

namespace Chaos.Pipeline;

/// <summary>What the hosts of a pipeline say about their accounts when they stop.</summary>
internal sealed partial class PipelineCounts
{
    /// <summary>The push end's ledger, when it has stopped in good order.</summary>
    public PushLedger? Ledger { get; private set; }

    /// <summary>The pull end's count, when it has stopped in good order.</summary>
    public PullCount? Pulled { get; private set; }

    /// <summary>Messages that a host has said that it dropped.</summary>
    public long Dropped { get; private set; }

    public void OnPushLine(string line)
    {
        OnDropLine(line);
        if (LedgerLine().Match(line) is not { Success: true } match)
        {
            if (SourceLine().Match(line) is { Success: true } source) Ledger = OfSource(source);
            return;
        }
        long Count(string name) => long.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture);
        Ledger = new PushLedger(Count("accepted"), Count("acknowledged"), Count("outstanding"), Count("dead"), Count("redelivered"));
    }

    public void OnPullLine(string line)
    {
        OnDropLine(line);
        if (PulledLine().Match(line) is not { Success: true } match) return;
        long Count(string name) => long.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture);
        Pulled = new PullCount(Count("received"), Count("hand"), Count("repeats"));
    }

    /// <summary>The payload that a line of examples/python/sink.py tells, with its counts; null for another line.</summary>
    public string? PayloadIn(string line)
    {
        if (SinkLine().Match(line) is not { Success: true } match) return null;
        Pulled = new PullCount(long.Parse(match.Groups["received"].ValueSpan, CultureInfo.InvariantCulture), 0, long.Parse(match.Groups["repeats"].ValueSpan, CultureInfo.InvariantCulture));
        return match.Groups["payload"].Value.TrimStart();
    }

    private static PushLedger OfSource(Match match)
    {
        long Count(string name) => long.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture);
        return new PushLedger(Count("accepted"), Count("acknowledged"), Count("accepted") - Count("acknowledged"), 0, Count("redelivered"));
    }

    public void OnWorkerLine(string line) => OnDropLine(line);

    private void OnDropLine(string line)
    {
        if (DropLine().Match(line) is not { Success: true } match) return;
        lock (this) Dropped += long.Parse(match.Groups["dropped"].ValueSpan, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"accepted (?<accepted>\d+) = acknowledged (?<acknowledged>\d+) \+ outstanding (?<outstanding>\d+).* \+ dead-lettered (?<dead>\d+); redelivered (?<redelivered>\d+)")]
    private static partial Regex LedgerLine();

    [GeneratedRegex(@"^accepted (?<accepted>\d+) acknowledged (?<acknowledged>\d+) redelivered (?<redelivered>\d+)$")]
    private static partial Regex SourceLine();

    [GeneratedRegex(@"^received (?<received>\d+) repeats (?<repeats>\d+): (?<payload>.*)$")]
    private static partial Regex SinkLine();

    [GeneratedRegex(@"received (?<received>\d+), in hand (?<hand>\d+), repeats dropped (?<repeats>\d+)")]
    private static partial Regex PulledLine();

    [GeneratedRegex(@"dropped (?<dropped>\d+) messages")]
    private static partial Regex DropLine();
}

/// <summary>The ledger of a push end.</summary>
internal sealed record PushLedger(long Accepted, long Acknowledged, long Outstanding, long DeadLettered, long Redelivered);

/// <summary>What a pull end has received, has still in hand, and has dropped because it came again.</summary>
internal sealed record PullCount(long Received, long InHand, long Repeats);

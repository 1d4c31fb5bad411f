using Actors.Transport;
using Akka.Event;

namespace Actors;

/// <summary>
/// The lines that a role logs of its peers: the first few of a kind at once, and what follows in sums, at intervals that grow while
/// it goes on. So neither 1,000 clients at once nor a peer that comes and goes all the time fill the log.
/// </summary>
/// <remarks>Call <see cref="WriteSums"/> at <see cref="NextDue"/>. Belongs to one role actor; not safe for concurrent use.</remarks>
/// <param name="time">The clock of the role.</param>
/// <param name="write">Writes one line.</param>
internal sealed class PeerLog(TimeProvider time, Action<LogLevel, string> write)
{
    /// <summary>The lines of one kind within one interval that are written as they come.</summary>
    public const int LinesAtOnce = 3;

    // A peer may make up ever new reasons.
    private const int MostReasons = 100;

    /// <summary>The time from the first line of a kind to its first sum.</summary>
    public static readonly TimeSpan FirstInterval = TimeSpan.FromSeconds(10);

    /// <summary>The longest time between two sums.</summary>
    public static readonly TimeSpan LongestInterval = TimeSpan.FromMinutes(5);

    private readonly Dictionary<(string Socket, Kind Kind, string Detail), Series> _series = [];

    private enum Kind
    {
        Connected,
        Left,
        Refused,
        HandshakeFailed,
        Retried,
        AcceptFailed,
        NoPeer,
        PeerAgain,
    }

    /// <summary>When a sum is due, by the role's clock; null while there is nothing to sum up.</summary>
    public TimeSpan? NextDue { get; private set; }

    /// <summary>Writes what happened, or counts it for the next sum.</summary>
    /// <param name="what">The event.</param>
    /// <param name="peers">Counts the socket's peers, after the event and whenever a sum is written.</param>
    public void Add(PeerEvent what, Func<int> peers)
    {
        switch (what)
        {
            case PeerConnected came:
                Add(
                    (came.Socket, Kind.Connected, ""),
                    LogLevel.InfoLevel,
                    $"peer {PeerText.Of(came)} connected{PeerText.Properties(came.Peer)}; {peers()} connected now",
                    (count, span) => $"{count} more peers connected within {span}, the last was {PeerText.Of(came)}; {peers()} connected now");
                break;
            case PeerDisconnected { IsRefusal: true } refused:
                Add(
                    (refused.Socket, Kind.Refused, ""),
                    LogLevel.WarningLevel,
                    $"the connection with {PeerText.Of(refused)} ended for a limit: {PeerText.Reason(refused.Reason)}",
                    (count, span) => $"{count} more connections ended for a limit within {span}, the last was {PeerText.Of(refused)}: {PeerText.Reason(refused.Reason)}");
                break;
            case PeerDisconnected gone:
                Add(
                    (gone.Socket, Kind.Left, ""),
                    LogLevel.InfoLevel,
                    $"peer {PeerText.Of(gone)} left{PeerText.Properties(gone.Peer)}: {PeerText.Reason(gone.Reason)}; {peers()} connected now",
                    (count, span) => $"{count} more peers left within {span}, the last was {PeerText.Of(gone)}: {PeerText.Reason(gone.Reason)}; {peers()} connected now");
                break;
            case PeerHandshakeFailed failed:
                var reason = PeerText.Reason(failed.Reason);
                Add(
                    (failed.Socket, Kind.HandshakeFailed, IsOneTooMany(reason) ? "" : reason),
                    LogLevel.WarningLevel,
                    $"the handshake with {PeerText.Of(failed)} failed: {reason}",
                    (count, span) => $"the handshake failed {count} more times within {span}, the last time with {PeerText.Of(failed)}: {reason}");
                break;
            case PeerRetried retried:
                Add(
                    (retried.Socket, Kind.Retried, retried.Endpoint),
                    LogLevel.InfoLevel,
                    $"no connection to {retried.Endpoint}{Because(retried)}; the next try follows in {retried.RetryIn.TotalMilliseconds:0} ms",
                    (count, span) => $"no connection to {retried.Endpoint}{Because(retried)}: {count} more tries within {span}; the next follows in {retried.RetryIn.TotalMilliseconds:0} ms");
                break;
            case PeerAcceptFailed turned:
                Add(
                    (turned.Socket, Kind.AcceptFailed, turned.Endpoint),
                    LogLevel.WarningLevel,
                    $"{turned.Endpoint} could not take a connection: {PeerText.Reason(turned.Reason)}",
                    (count, span) => $"{turned.Endpoint} could not take {count} more connections within {span}: {PeerText.Reason(turned.Reason)}");
                break;
        }
    }

    /// <summary>Messages wait, and there has been no peer for so long.</summary>
    public void NoPeer(string role, TimeSpan wait, long messages) => Add(
        (role, Kind.NoPeer, ""),
        LogLevel.WarningLevel,
        $"no peer for {wait.TotalSeconds:0.#} s; {messages} messages wait",
        (count, span) => $"{count} more times no peer for {wait.TotalSeconds:0.#} s within {span}; {messages} messages wait");

    /// <summary>A peer has come after <see cref="NoPeer"/> was told.</summary>
    public void PeerAgain(string role, TimeSpan wait, long messages) => Add(
        (role, Kind.PeerAgain, ""),
        LogLevel.WarningLevel,
        $"has a peer after {wait.TotalSeconds:0.#} s; {messages} messages waited",
        (count, span) => $"{count} more times a peer after a wait within {span}, the last after {wait.TotalSeconds:0.#} s; {messages} messages waited");

    /// <summary>Writes the sums that are due.</summary>
    public void WriteSums()
    {
        var now = time.Elapsed();
        foreach (var (key, series) in _series.ToArray())
        {
            if (series.Due > now) continue;
            if (series.Count == 0)
            {
                // What happens now is no longer a repetition.
                _series.Remove(key);
                continue;
            }
            Write(key.Socket, series);
            series.Interval = series.Interval * 2 < LongestInterval ? series.Interval * 2 : LongestInterval;
            series.Began = now;
        }
        NextDue = _series.Count == 0 ? null : _series.Values.Min(series => series.Due);
    }

    /// <summary>Writes all sums, because the role stops.</summary>
    public void End()
    {
        foreach (var (key, series) in _series) if (series.Count > 0) Write(key.Socket, series);
        _series.Clear();
        NextDue = null;
    }

    private void Add((string Socket, Kind Kind, string Detail) key, LogLevel level, string line, Func<int, string, string> sum)
    {
        if (!_series.TryGetValue(key, out var series))
        {
            _series.Add(key, series = new Series(level) { Began = time.Elapsed(), Interval = FirstInterval });
            if (NextDue is not { } due || series.Due < due) NextDue = series.Due;
        }
        if (series.Lines < LinesAtOnce)
        {
            series.Lines++;
            write(level, $"{key.Socket}: {line}");
            return;
        }
        series.Count++;
        series.Sum = sum;
    }

    private void Write(string socket, Series series)
    {
        write(series.Level, $"{socket}: {series.Sum!(series.Count, $"{(time.Elapsed() - series.Began).TotalSeconds:0} s")}");
        series.Count = 0;
        series.Lines = LinesAtOnce;
    }

    private bool IsOneTooMany(string reason)
    {
        var known = _series.Keys.Count(key => key.Kind == Kind.HandshakeFailed);
        return known >= MostReasons && !_series.Keys.Any(key => key.Kind == Kind.HandshakeFailed && key.Detail == reason);
    }

    private static string Because(PeerRetried retried) => retried.Reason is { Length: > 0 } reason ? $" ({PeerText.Reason(reason)})" : "";

    /// <summary>What happens again and again: of one kind, at one socket, and where that tells more, for one reason or endpoint.</summary>
    private sealed class Series(LogLevel level)
    {
        public LogLevel Level => level;

        public int Lines { get; set; }

        public int Count { get; set; }

        public Func<int, string, string>? Sum { get; set; }

        public TimeSpan Began { get; set; }

        public TimeSpan Interval { get; set; }

        public TimeSpan Due => Began + Interval;
    }
}

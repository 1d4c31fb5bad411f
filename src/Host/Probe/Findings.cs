using System.Globalization;
using System.Text;
using Actors.Zmtp;
using Actors.Zmtp.Protocol;

namespace Actors.Host.Probe;

/// <summary>What a probe has found so far, of which its report is made.</summary>
internal sealed class Findings(ProbeSettings settings)
{
    private readonly SortedDictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private IReadOnlyList<string>? _possible;
    private string? _identity;
    private string? _typeName;

    public string? Address { get; set; }

    public TimeSpan? ConnectTime { get; set; }

    public PeerGreeting? Greeting { get; set; }

    /// <summary>By PING; null where only the greeting was measured.</summary>
    public (TimeSpan Time, RoundTripKind By)? RoundTrip { get; set; }

    /// <summary>Where the probe waits for the peer; null before there is a connection.</summary>
    public string? Step { get; set; }

    /// <summary>The time was up before the peer had said anything.</summary>
    public bool SaidNothing { get; set; }

    /// <summary>The peer's socket type; none where it is not known.</summary>
    public ZmqSocketType Type { get; private set; } = ZmqSocketType.None;

    /// <summary>The peer's type as it tells it; null where it does not.</summary>
    public string? TypeName => _typeName;

    public void Take(Metadata metadata)
    {
        if (metadata.TryGet(Metadata.SocketType, out var name))
        {
            _typeName = Text.Printable(name.Span);
            if (SocketTypes.TryParse(name.Span, out var type)) Type = type;
        }
        if (metadata.TryGet(Metadata.Identity, out var identity) && !identity.IsEmpty) _identity = Text.TextOrHex(identity.Span);
        foreach (var (property, value) in metadata)
        {
            if (!property.Equals(Metadata.SocketType, StringComparison.OrdinalIgnoreCase) && !property.Equals(Metadata.Identity, StringComparison.OrdinalIgnoreCase))
                _metadata[property] = Text.TextOrHex(value.Span);
        }
    }

    public void Take(ZmqSocketType type, Metadata metadata)
    {
        Type = type;
        _typeName = type == ZmqSocketType.None ? null : SocketTypes.WireName(type);
        Take(metadata);
    }

    /// <summary>None of the types that were tried fits the peer.</summary>
    public void TakeNone(bool triedAll, string refusal)
    {
        if (triedAll) throw new ProbeFailure(ProbeOutcome.HandshakeFailed, $"it ends the handshake with sockets of every type{(refusal.Length > 0 ? $"; it says \"{refusal}\"" : "")}{(settings.Credentials.IsNull ? "" : ", which may mean that it does not let these credentials in")}");
        _possible = [.. Visitor.Giving.Select(SocketTypes.WireName)];
    }

    public ProbeReport Failed(ProbeFailure failure) => Report(failure.Outcome, $"{settings.Endpoint} {Verb(failure.Outcome)}: {failure.Message}.") with { LooksLike = (failure as NotZmtpFailure)?.LooksLike };

    public ProbeReport Answered()
    {
        if (settings.For is { } wanted && Type != ZmqSocketType.None && !SocketTypes.AreCompatible(wanted, Type))
            return Report(ProbeOutcome.WrongSocketType, $"{settings.Endpoint} is a {_typeName} socket, which does not fit {SocketTypes.WireName(wanted)}: {Fitting(Type)} connects to it.");
        if (settings.For is { } asked && _possible is not null && !Visitor.Giving.Any(type => SocketTypes.AreCompatible(asked, type)))
            return Report(ProbeOutcome.WrongSocketType, $"{settings.Endpoint} is a {Either(_possible)} socket, which does not fit {SocketTypes.WireName(asked)}.");
        return Report(ProbeOutcome.Answers, Sentence());
    }

    private static string Verb(ProbeOutcome outcome) => outcome switch
    {
        ProbeOutcome.NameNotResolved or ProbeOutcome.NoFile or ProbeOutcome.Refused or ProbeOutcome.Unreachable or ProbeOutcome.TimedOut => "cannot be reached",
        ProbeOutcome.NotZmtp or ProbeOutcome.Silent or ProbeOutcome.Closed => "does not speak ZMTP",
        _ => "does not let the probe in",
    };

    private static string Either(IReadOnlyList<string> names) => $"{string.Join(", ", names.Take(names.Count - 1))} or {names[^1]}";

    private static string Fitting(ZmqSocketType type)
    {
        string[] names = [.. Enum.GetValues<ZmqSocketType>().Where(other => SocketTypes.AreCompatible(other, type)).Select(SocketTypes.WireName)];
        return names.Length == 1 ? names[0] : Either(names);
    }

    private string Sentence()
    {
        var sentence = new StringBuilder(settings.Endpoint);
        sentence.Append(_typeName is not null ? $" is a {_typeName} socket"
            : _possible is not null ? $" is a socket of ZMTP that is a {Either(_possible)}"
            : " is a socket of ZMTP that does not tell its type");
        sentence.Append(CultureInfo.InvariantCulture, $" (ZMTP {Greeting!.Zmtp}{(Greeting.By == RoundTripKind.Upgrade ? " over WebSocket" : "")}, {Greeting.Mechanism})");
        if (_identity is not null) sentence.Append(CultureInfo.InvariantCulture, $" with the identity {_identity}");
        var (time, by) = RoundTrip ?? (Greeting.RoundTrip, Greeting.By);
        sentence.Append(CultureInfo.InvariantCulture, $"; round trip {time.TotalMilliseconds:0.###} ms by {by switch { RoundTripKind.Ping => "PING", RoundTripKind.Greeting => "its greeting", _ => "the upgrade" }}.");
        if (_possible is not null)
            sentence.Append(" It tells its type only to a socket that fits it, and would give its messages to that.");
        return sentence.ToString();
    }

    private ProbeReport Report(ProbeOutcome outcome, string sentence)
    {
        (TimeSpan Time, RoundTripKind By)? trip = RoundTrip ?? (Greeting is null ? null : (Greeting.RoundTrip, Greeting.By));
        return new ProbeReport
        {
            Endpoint = settings.Endpoint,
            Outcome = outcome,
            Sentence = sentence,
            Address = Address,
            Zmtp = Greeting?.Zmtp,
            Mechanism = Greeting?.Mechanism,
            SocketType = _typeName,
            PossibleSocketTypes = _possible,
            Identity = _identity,
            Metadata = _metadata.Count == 0 ? null : _metadata,
            ConnectSeconds = ConnectTime?.TotalSeconds,
            RoundTripSeconds = trip?.Time.TotalSeconds,
            RoundTripBy = trip?.By,
        };
    }
}

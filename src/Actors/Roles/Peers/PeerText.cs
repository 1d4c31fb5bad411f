using System.Globalization;
using System.Text;
using Actors.Transport;

namespace Actors;

/// <summary>What is known of a peer, as text for the log. Whatever a peer chose itself cannot break a line.</summary>
internal static class PeerText
{
    /// <summary>The remote address and the endpoint of ours.</summary>
    public static string Of(PeerConnected came) => Of(came.Peer, came.Endpoint);

    /// <inheritdoc cref="Of(PeerConnected)"/>
    public static string Of(PeerDisconnected gone) => Of(gone.Peer, gone.Endpoint);

    /// <inheritdoc cref="Of(PeerConnected)"/>
    public static string Of(PeerHandshakeFailed failed) => Of(failed.Peer, failed.Endpoint);

    /// <summary>Socket type, mechanism, user id and routing id, in parentheses; empty where none is known.</summary>
    public static string Properties(Peer? peer)
    {
        if (peer is null) return "";
        string[] known =
        [
            .. peer.SocketType is { } type ? new[] { type } : [],
            .. peer.Mechanism is { } mechanism ? new[] { mechanism } : [],
            .. peer.UserId is { } user ? new[] { $"user id \"{Printable(user)}\"" } : [],
            .. peer.RoutingId is { Length: > 0 } id ? new[] { $"routing id {Id(id.Span)}" } : [],
        ];
        return known.Length == 0 ? "" : $" ({string.Join(", ", known)})";
    }

    /// <summary>The reason in one line.</summary>
    public static string Reason(string? reason) => string.IsNullOrEmpty(reason) ? "no reason is known" : Printable(reason);

    private static string Of(Peer? peer, string endpoint) => (peer?.Address, endpoint) switch
    {
        (null, "") => "of unknown address",
        (null, _) => $"at {endpoint}",
        // The peer that this end connects to.
        var (address, own) when own.Length == 0 || own.EndsWith(address, StringComparison.Ordinal) => Printable(address),
        var (address, own) => $"{Printable(address)} at {own}",
    };

    /// <summary>As text where it is some, otherwise in hexadecimal digits.</summary>
    private static string Id(ReadOnlySpan<byte> id) =>
        id.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E) ? $"0x{Convert.ToHexString(id)}" : $"\"{Encoding.ASCII.GetString(id)}\"";

    private static string Printable(string text)
    {
        if (!text.Any(char.IsControl)) return text;
        var escaped = new StringBuilder();
        foreach (var letter in text)
        {
            if (char.IsControl(letter)) escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
            else escaped.Append(letter);
        }
        return escaped.ToString();
    }
}

using System.Buffers.Binary;
using System.Text;
using Actors.Zmtp.Connections;

namespace Actors.Zmtp.Transports.WebSocket;

/// <summary>The code and text of a CLOSE frame (RFC 6455, sections 5.5.1 and 7.4).</summary>
/// <param name="Code">Why the connection ends.</param>
/// <param name="Reason">The same for people; may be empty.</param>
internal readonly record struct WebSocketClose(ushort Code, string Reason)
{
    public const ushort Normal = 1000;
    public const ushort GoingAway = 1001;
    public const ushort ProtocolError = 1002;
    public const ushort UnsupportedData = 1003;
    public const ushort NoCode = 1005;
    public const ushort PolicyViolation = 1008;
    public const ushort TooBig = 1009;
    public const ushort InternalError = 1011;

    private const ushort Abnormal = 1006;
    private const ushort FirstUndefined = 1015;
    private const ushort FirstRegistered = 3000;
    private const ushort Last = 4999;

    /// <summary>The code for an end of this kind.</summary>
    public static ushort CodeOf(CloseKind kind) => kind switch
    {
        CloseKind.Handshake => PolicyViolation,
        CloseKind.Protocol => ProtocolError,
        CloseKind.Limit => TooBig,
        CloseKind.Heartbeat => GoingAway,
        CloseKind.Fault => InternalError,
        _ => Normal,
    };

    /// <summary>Reads the payload of a frame; the error says what rule it breaks.</summary>
    public static WebSocketClose Read(ReadOnlySpan<byte> payload, out string? error)
    {
        error = null;
        if (payload.IsEmpty)
        {
            return new WebSocketClose(NoCode, "");
        }

        ushort code = 0;
        if (payload.Length < sizeof(ushort) || !IsSent(code = BinaryPrimitives.ReadUInt16BigEndian(payload)))
        {
            error = payload.Length < sizeof(ushort) ? "a CLOSE frame has one octet; expected was a code of two" : $"a CLOSE frame has the code {code}, which is not one to be sent";
        }

        return new WebSocketClose(code, Encoding.UTF8.GetString(payload[Math.Min(payload.Length, sizeof(ushort))..]));
    }

    public override string ToString() => Reason.Length == 0 ? $"code {Code}" : $"code {Code}, \"{Reason}\"";

    private static bool IsSent(ushort code)
        => code is >= Normal and < FirstUndefined and not (1004 or NoCode or Abnormal) or >= FirstRegistered and <= Last;
}

using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Actors.Zmtp.Transports.WebSocket;

/// <summary>The key of an upgrade, and the answer that shows that it was read (RFC 6455, sections 4.1 and 4.2.2).</summary>
internal static class WebSocketKey
{
    private const int Length = 16;
    private const string Suffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    public static string Create() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length));

    public static bool IsValid(string key)
    {
        Span<byte> octets = stackalloc byte[Length + 2];
        return Convert.TryFromBase64String(key, octets, out int written) && written == Length;
    }

    [SuppressMessage("Security", "CA5350", Justification = "RFC 6455 names SHA-1, and needs no strength of it.")]
    public static string Accept(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + Suffix)));
}

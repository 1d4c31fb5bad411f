using System.Diagnostics;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Actors.Zmtp.Pipes;
using Actors.Zmtp.Protocol;
using Actors.Zmtp.Transports.WebSocket;

namespace Actors.Host.Probe;

/// <summary>The frames of a connection of ZMTP over WebSocket (RFC 45): a message for each, with a flags octet before the body.</summary>
internal sealed class WebSocketLink(WebSocket socket) : IFrameLink
{
    private const string Base = "ZWS2.0";
    private const byte MoreFlag = 1;
    private const byte CommandFlag = 2;

    private static readonly string[] s_mechanisms = ["NULL", "PLAIN", "CURVE"];

    private readonly byte[] _buffer = new byte[4096];

    /// <summary>Upgrades a connection; the subprotocol that the peer chooses tells its mechanism.</summary>
    /// <returns>The link is null where the peer speaks RFC 45 without a mechanism, in which no end tells its socket type.</returns>
    /// <exception cref="ProbeFailure">The peer does not speak it.</exception>
    public static async Task<(WebSocketLink? Link, PeerGreeting Greeting)> Open(EndpointAddress endpoint, Func<Task<Socket>> connect, CancellationToken deadline)
    {
        var (socket, protocol, time, refusal) = await Upgrade(endpoint, connect, s_mechanisms.Select(name => $"{Base}/{name}"), deadline);
        if (socket is not null && protocol is not null && protocol.StartsWith($"{Base}/", StringComparison.Ordinal))
            return (new WebSocketLink(socket), new PeerGreeting("3.0", Text.Printable(Encoding.ASCII.GetBytes(protocol[(Base.Length + 1)..])), ZmtpRevision.Zmtp30, time, RoundTripKind.Upgrade));
        socket?.Dispose();
        (socket, protocol, time, _) = await Upgrade(endpoint, connect, [Base], deadline);
        socket?.Dispose();
        if (protocol == Base) return (null, new PeerGreeting("3.0", NullMechanism.MechanismName, ZmtpRevision.Zmtp30, time, RoundTripKind.Upgrade));
        throw socket is not null ? new NotZmtpFailure("a WebSocket without ZMTP", $"it is a WebSocket at \"{endpoint.Path}\", and does not speak ZMTP (RFC 45)")
            : refusal is not null ? new NotZmtpFailure("HTTP", $"it answers {Text.Quote(Encoding.Latin1.GetBytes(refusal), 60)} to the upgrade to a WebSocket of ZMTP (RFC 45) at \"{endpoint.Path}\"")
            : new NotZmtpFailure(null, "it does not answer the upgrade to a WebSocket as HTTP does");
    }

    public async Task<Frame?> Read(CancellationToken deadline)
    {
        var message = new MemoryStream();
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(_buffer, deadline);
                if (part.MessageType == WebSocketMessageType.Close) return null;
                message.Write(_buffer, 0, part.Count);
                if (message.Length > ByteLink.MaxFrame) throw new ProbeFailure(ProbeOutcome.HandshakeFailed, $"the peer sends a frame of more than {ByteLink.MaxFrame} bytes, which is all that the probe takes");
                if (part.EndOfMessage) break;
            }
        }
        catch (WebSocketException)
        {
            return null;
        }
        var octets = message.ToArray();
        if (octets.Length == 0 || octets[0] > CommandFlag) throw new ProbeFailure(ProbeOutcome.HandshakeFailed, "a message of the peer does not begin with the flags of a frame (RFC 45)");
        return new Frame(octets[0] == CommandFlag ? FrameFlags.Command : octets[0], octets[1..]);
    }

    public async Task Write(ReadOnlyMemory<byte> frames, CancellationToken deadline)
    {
        try
        {
            while (FrameHeader.Read(frames.Span, out var header, out var size))
            {
                var flags = frames.Span[0];
                byte[] message = [(flags & FrameFlags.Command) != 0 ? CommandFlag : (byte)(flags & MoreFlag), .. frames.Span.Slice(header, (int)size)];
                await socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, deadline);
                frames = frames[(header + (int)size)..];
            }
        }
        catch (Exception gone) when (gone is WebSocketException or InvalidOperationException)
        {
            // The peer has gone, which the next read tells.
        }
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return default;
    }

    /// <returns>No socket where the peer did not upgrade; then the first line of its answer, if that was HTTP.</returns>
    private static async Task<(WebSocket? Socket, string? Protocol, TimeSpan Time, string? Refusal)> Upgrade(EndpointAddress endpoint, Func<Task<Socket>> connect, IEnumerable<string> protocols, CancellationToken deadline)
    {
        var stream = new NetworkStream(await connect(), ownsSocket: true);
        try
        {
            var key = WebSocketKey.Create();
            var request = $"GET {endpoint.Path} HTTP/1.1\r\nHost: {endpoint.HostAndPort}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Protocol: {string.Join(", ", protocols)}\r\nSec-WebSocket-Version: 13\r\n\r\n";
            var sent = Stopwatch.GetTimestamp();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(request), deadline);
            var head = await ReadHead(stream, deadline);
            if (head is not null && head.FirstLine.StartsWith("HTTP/1.1 101", StringComparison.Ordinal) && head.TryGet("Sec-WebSocket-Accept", out var accept) && accept == WebSocketKey.Accept(key))
            {
                head.TryGet("Sec-WebSocket-Protocol", out var protocol);
                return (WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = false }), protocol, Stopwatch.GetElapsedTime(sent), null);
            }
            await stream.DisposeAsync();
            return (null, null, default, head?.FirstLine);
        }
        catch (IOException)
        {
            await stream.DisposeAsync();
            return default;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>The head of the answer, and no byte behind it; null where it is no HTTP.</summary>
    private static async Task<HttpHead?> ReadHead(Stream stream, CancellationToken deadline)
    {
        var head = new byte[HttpHead.MaxLength];
        for (var count = 0; count < head.Length; count++)
        {
            if (await stream.ReadAsync(head.AsMemory(count, 1), deadline) == 0) return null;
            if (HttpHead.FindEnd(head.AsSpan(0, count + 1)) > 0) return HttpHead.Parse(head.AsSpan(0, count + 1), out _) is { } parsed && parsed.FirstLine.StartsWith("HTTP/", StringComparison.Ordinal) ? parsed : null;
        }
        return null;
    }
}

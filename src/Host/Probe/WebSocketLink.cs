using System.Diagnostics;
using System.Net.Sockets;
using System.Net.WebSockets;
using Actors.Zmtp.Pipes;
using Actors.Zmtp.Protocol;

namespace Actors.Host.Probe;

/// <summary>The frames of a connection of ZMTP over WebSocket (RFC 45): a message for each, with a flags octet before the body.</summary>
internal sealed class WebSocketLink(ClientWebSocket socket) : IFrameLink
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
        var (socket, time, status) = await Upgrade(endpoint, connect, s_mechanisms.Select(name => $"{Base}/{name}"), deadline);
        if (socket?.SubProtocol is { } chosen)
            return (new WebSocketLink(socket), new PeerGreeting("3.0", chosen[(Base.Length + 1)..], ZmtpRevision.Zmtp30, time, RoundTripKind.Upgrade));
        socket?.Dispose();
        (socket, time, _) = await Upgrade(endpoint, connect, [Base], deadline);
        var isPlain = socket?.SubProtocol == Base;
        var isUpgraded = socket is not null;
        socket?.Dispose();
        if (isPlain) return (null, new PeerGreeting("3.0", NullMechanism.MechanismName, ZmtpRevision.Zmtp30, time, RoundTripKind.Upgrade));
        throw isUpgraded ? new NotZmtpFailure("a WebSocket without ZMTP", $"it is a WebSocket at \"{endpoint.Path}\", and does not speak ZMTP (RFC 45)")
            : status is { } code ? new NotZmtpFailure("HTTP", $"it is HTTP, and answers {code} to the upgrade to a WebSocket of ZMTP (RFC 45) at \"{endpoint.Path}\"")
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

    /// <returns>No socket where the peer did not upgrade; then the status of its answer, if that was HTTP.</returns>
    private static async Task<(ClientWebSocket? Socket, TimeSpan Time, int? Status)> Upgrade(EndpointAddress endpoint, Func<Task<Socket>> connect, IEnumerable<string> protocols, CancellationToken deadline)
    {
        var connected = 0L;
        using var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            ConnectCallback = async (_, _) =>
            {
                var made = await connect();
                connected = Stopwatch.GetTimestamp();
                return new NetworkStream(made, ownsSocket: true);
            },
        };
        // The socket lives on when the handler and the invoker have gone.
        using var invoker = new HttpMessageInvoker(handler);
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        foreach (var protocol in protocols) socket.Options.AddSubProtocol(protocol);
        try
        {
            await socket.ConnectAsync(new Uri($"ws://{endpoint.HostAndPort}{endpoint.Path}"), invoker, deadline);
            return (socket, Stopwatch.GetElapsedTime(connected), null);
        }
        catch (Exception fault) when (fault is WebSocketException or HttpRequestException)
        {
            for (var inner = fault; inner is not null; inner = inner.InnerException)
            {
                if (inner is ProbeFailure failure) throw failure;
            }
            var status = (int)socket.HttpStatusCode;
            socket.Dispose();
            return (null, default, status == 0 ? null : status);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

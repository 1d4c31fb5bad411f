using System.Net.Security;
using System.Security.Authentication;
using System.Text;
using Actors.Zmtp.Protocol;

namespace Actors.Host.Probe;

using Transport = Actors.Zmtp.Protocol.Transport;

/// <summary>Recognises what answers in place of ZMTP: by its first bytes, or when it waits to be spoken to, by an HTTP request and a TLS handshake.</summary>
internal static class ForeignProtocol
{
    /// <summary>Bytes by which every protocol here can be told.</summary>
    public const int Enough = 64;

    private static readonly (byte[] Begin, string Name)[] s_banners =
    [
        ("SSH-"u8.ToArray(), "SSH"),
        ("HTTP/"u8.ToArray(), "HTTP"),
        ("<!DOCTYPE"u8.ToArray(), "HTTP 0.9"),
        ("<html"u8.ToArray(), "HTTP 0.9"),
        ([0x15, 0x03], "TLS (an alert)"),
        ([0x16, 0x03], "TLS (a handshake)"),
        ([0x00, 0x00, 0x06, 0x04, 0x00], "HTTP/2"),
        ("AMQP"u8.ToArray(), "AMQP"),
        ("INFO {"u8.ToArray(), "NATS"),
        ("-ERR"u8.ToArray(), "Redis"),
        ("+OK"u8.ToArray(), "POP3"),
        ("* OK"u8.ToArray(), "IMAP"),
        ("RFB "u8.ToArray(), "VNC"),
        ("ERROR\r\n"u8.ToArray(), "memcached"),
        ([0x01, 0x00], "ZMTP 1.0, of libzmq 2"),
    ];

    /// <summary>The protocol that begins so; null for none that is known.</summary>
    public static string? Of(ReadOnlySpan<byte> first)
    {
        foreach (var (begin, name) in s_banners)
        {
            if (first.StartsWith(begin)) return name;
        }
        if (first.Length >= 4 && first.StartsWith("220"u8) && first[3] is (byte)' ' or (byte)'-') return first.IndexOf("SMTP"u8) >= 0 ? "SMTP" : "FTP or SMTP";
        // Packet 0 of MySQL: three octets of length, its number, and version 10 of the protocol.
        if (first.Length >= 6 && first[2] == 0 && first[3] == 0 && first[4] == 10) return "MySQL";
        return null;
    }

    /// <summary>Speaks to a peer that accepts connections and says nothing; null when it goes on to say nothing that is known.</summary>
    /// <remarks>Asks for the head of "/", which changes nothing, and begins a TLS handshake.</remarks>
    public static async Task<string?> Ask(EndpointAddress endpoint, TimeSpan timeForEach, CancellationToken stop) =>
        await Try(endpoint, AskHttp, timeForEach, stop) ?? await Try(endpoint, AskTls, timeForEach, stop);

    private static async Task<string?> Try(EndpointAddress endpoint, Func<Stream, EndpointAddress, CancellationToken, Task<string?>> ask, TimeSpan time, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(time);
        try
        {
            await using var stream = new System.Net.Sockets.NetworkStream(await Connector.Connect(endpoint, patience.Token), ownsSocket: true);
            return await ask(stream, endpoint, patience.Token);
        }
        catch (Exception nothing) when (nothing is IOException or OperationCanceledException or ProbeFailure or AuthenticationException)
        {
            return null;
        }
    }

    private static async Task<string?> AskHttp(Stream stream, EndpointAddress endpoint, CancellationToken patience)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HEAD / HTTP/1.0\r\nHost: {(endpoint.Transport == Transport.Ipc ? "localhost" : endpoint.HostAndPort)}\r\n\r\n"), patience);
        var buffer = new byte[Enough];
        var count = await stream.ReadAtLeastAsync(buffer, 8, throwOnEndOfStream: false, patience);
        return Of(buffer.AsSpan(0, count));
    }

    private static async Task<string?> AskTls(Stream stream, EndpointAddress endpoint, CancellationToken patience)
    {
        // Only whether it speaks TLS is of interest, and not who it is: nothing is sent through the connection.
        await using var tls = new SslStream(stream, leaveInnerStreamOpen: true);
        var options = new SslClientAuthenticationOptions { TargetHost = endpoint.Host, RemoteCertificateValidationCallback = static (_, _, _, _) => true };
        await tls.AuthenticateAsClientAsync(options, patience);
        return "TLS";
    }
}

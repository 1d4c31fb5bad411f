using System.Text;
using Actors.Zmtp.Tests.Interop;

namespace Actors.Zmtp.Tests.Alone.Zap;

/// <summary>The ZAP handler of the process, on a REP; a test reads the requests and says what they get.</summary>
internal sealed class ZapHandler : IDisposable
{
    public const string Endpoint = "inproc://zeromq.zap.01";

    private readonly ResponseSocket _socket = new();

    public ZapHandler()
    {
        _socket.Options.Linger = TimeSpan.Zero;
        _socket.Bind(Endpoint);
    }

    /// <summary>Waits for a request: version, id, domain, address, identity, mechanism, credentials.</summary>
    public List<byte[]> Request()
    {
        List<byte[]>? frames = null;
        Assert.True(_socket.TryReceiveMultipartBytes(Expect.Patience, ref frames), "no request came to the handler");
        return frames!;
    }

    /// <summary>Nobody has asked, as far as can be told now.</summary>
    public bool HasNoRequest => !_socket.HasIn;

    public void Reply(List<byte[]> request, string code, string user = "", byte[]? metadata = null)
        => Reply("1.0"u8.ToArray(), request[1], Text(code), "because"u8.ToArray(), Text(user), metadata ?? []);

    public void Reply(params byte[][] frames)
        => Assert.True(_socket.TrySendMultipartBytes(Expect.Patience, frames), "the reply of the handler was not taken");

    /// <summary>Takes a request and answers it.</summary>
    public void Answer(string code) => Reply(Request(), code);

    public void Dispose() => _socket.Dispose();

    public static byte[] Text(string text) => Encoding.ASCII.GetBytes(text);
}

using Actors.Zmtp;

namespace Fuzz;

/// <summary>The ZAP handler of the process (RFC 27), which lets in who knows the password.</summary>
internal sealed class PasswordGate : IDisposable
{
    public const string User = "user";
    public const string Password = "secret";

    // Frames of a request: version, id, domain, address, identity, mechanism, user name, password.
    private const int PasswordFrame = 7;

    private readonly ResponseSocket _socket = new();
    private readonly ZmqPoller _poller;

    public PasswordGate()
    {
        _socket.Bind("inproc://zeromq.zap.01");
        _socket.ReceiveReady += (_, _) => Answer();
        _poller = [_socket];
        _poller.RunAsync("password gate");
    }

    public void Dispose()
    {
        _poller.Dispose();
        _socket.Dispose();
    }

    private void Answer()
    {
        var request = _socket.ReceiveMultipartMessage();
        var knows = request.FrameCount > PasswordFrame && request[PasswordFrame].ConvertToString() == Password;
        var reply = new ZmqMessage();
        reply.Append(request[0]);
        reply.Append(request[1]);
        reply.Append(knows ? "200" : "400");
        reply.Append(knows ? "OK" : "wrong password");
        reply.Append(knows ? User : "");
        reply.AppendEmptyFrame();
        _socket.SendMultipartMessage(reply);
    }
}

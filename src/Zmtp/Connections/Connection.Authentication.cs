using Actors.Zmtp.Protocol;
using Actors.Zmtp.Security.Zap;

namespace Actors.Zmtp.Connections;

/// <summary>The part of the handshake in which the handler of the process says whether the peer may connect.</summary>
internal sealed partial class Connection
{
    private ulong? _request;

    /// <summary>Asks, and takes nothing from the peer until the answer is there; the handshake timeout goes on.</summary>
    private void Authenticate(byte[] unread)
    {
        PauseReceiving(true);
        _request = _settings.Handler!.Ask(_handshake.Request!, _settings.Zap.RequestedDomain, PeerAddress(), Reactor, reply =>
        {
            if (Reason is null)
            {
                _request = null;
                PauseReceiving(false);
                try
                {
                    Authenticated(reply, unread);
                    UpdateWatch();
                }
                catch (Exception fault)
                {
                    OnFault(fault);
                }
            }
        });
    }

    private void Authenticated(ZapReply reply, byte[] unread)
    {
        _handshake.Authenticated(reply, _control);
        if (TakeHandshake(unread))
        {
            ReceiveHandshake();
        }
    }

    private void CancelAuthentication()
    {
        if (_request is { } request)
        {
            _settings.Handler!.Cancel(request);
        }
    }

    /// <summary>The peer without transport and port: an address of IPv4 or IPv6, or what else the transport has.</summary>
    private string PeerAddress()
    {
        string endpoint = RemoteEndpoint;
        int begin = endpoint.IndexOf("://", StringComparison.Ordinal) is var found and >= 0 ? found + 3 : 0;
        int end = endpoint.LastIndexOf(':') is var colon && colon >= begin ? colon : endpoint.Length;
        return endpoint[begin..end].Trim('[', ']');
    }
}

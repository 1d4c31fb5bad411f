using System.Text;
using Actors.Zmtp;
using Actors.Zmtp.Protocol;
using Actors.Zmtp.Security.Zap;

namespace Actors.Transport;

/// <summary>Sets the options of a mechanism, and has the gate of the socket asked who may connect.</summary>
internal static class ZmtpSecurity
{
    // The gate has a domain of its own, which need not be of ASCII.
    private const string AnyDomain = "role";

    public static void Apply(SocketSecurity security, SocketOptions options)
    {
        switch (security.Mechanism)
        {
            case SecurityMechanism.Curve:
                options.CurveKeys = security.Keys!;
                if (security.ServerKey is { } serverKey) options.CurveServerKey = serverKey;
                else options.CurveServer = true;
                break;
            case SecurityMechanism.Plain when security.Gate is not null:
                options.PlainServer = true;
                break;
            case SecurityMechanism.Plain:
                options.PlainUsername = security.Username;
                options.PlainPassword = security.Password;
                break;
        }
        if (security.Gate is not { } gate) return;
        // NULL asks only where there is a domain.
        options.ZapDomain = AnyDomain;
        options.ZapHandler = new ZapCallback((request, _, address, answer) => gate.Ask(RequestOf(request, gate.Domain, address), decision => answer(ReplyOf(decision))));
    }

    private static ZapRequest RequestOf(Actors.Zmtp.Security.Zap.ZapRequest request, string domain, string address)
    {
        var asked = new ZapRequest { Domain = domain, Address = address, RoutingId = request.Identity, Mechanism = request.Mechanism };
        return request.Mechanism switch
        {
            "CURVE" => asked with { PublicKey = CurveKeyPair.FromPublicKey(request.Credentials[0]).PublicKeyZ85 },
            "PLAIN" => asked with { Username = Encoding.UTF8.GetString(request.Credentials[0]), Password = Encoding.UTF8.GetString(request.Credentials[1]) },
            _ => asked,
        };
    }

    private static ZapReply ReplyOf(ZapDecision decision) => new($"{decision.StatusCode}", decision.Reason, decision.UserId, Metadata.Empty);
}

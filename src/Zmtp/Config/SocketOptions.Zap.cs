using System.Text;
using Actors.Zmtp.Security.Zap;

namespace Actors.Zmtp;

public sealed partial class SocketOptions
{
    /// <summary>
    /// The domain in which the ZAP handler at inproc://zeromq.zap.01 is asked who may connect (RFC 27): at most 255 characters of
    /// ASCII. Without a domain NULL asks nobody, and servers of PLAIN and CURVE ask in the domain "global". Default empty.
    /// </summary>
    public string ZapDomain
    {
        get => Settings.Zap.Domain;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Length > byte.MaxValue || !Ascii.IsValid(value))
            {
                throw new InvalidException($"ZapDomain is of at most {byte.MaxValue} characters of ASCII, \"{value}\" is not.");
            }

            Change(s => s with { Zap = s.Zap with { Domain = value } });
        }
    }

    /// <summary>
    /// True lets nobody in where there is a domain and no handler, and lets CURVE ask nobody where there is no domain. Default
    /// false: NULL and CURVE let everybody in as long as there is no handler.
    /// </summary>
    public bool ZapEnforceDomain
    {
        get => Settings.Zap.EnforceDomain;
        set => Change(s => s with { Zap = s.Zap with { EnforceDomain = value } });
    }

    /// <summary>Is asked about the peers of this socket in place of the handler of the process.</summary>
    internal IZapHandler ZapHandler
    {
        set => Change(s => s with { Handler = value });
    }

    /// <summary>
    /// True tries an endpoint again after its peer has refused this end with an ERROR, at the longest interval: for who knows that
    /// the peer may learn of this end's credentials. Default false, as https://rfc.zeromq.org/spec/37/ recommends.
    /// </summary>
    internal bool RetriesRefused
    {
        set => Change(s => s with { RetriesRefused = value });
    }
}

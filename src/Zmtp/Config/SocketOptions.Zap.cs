using System.Text;

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
}

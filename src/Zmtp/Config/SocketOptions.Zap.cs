using System.Text;

namespace Actors.Zmtp;

public sealed partial class SocketOptions
{
    /// <summary>
    /// The domain in which the ZAP handler at inproc://zeromq.zap.01 is asked who may connect
    /// (https://rfc.zeromq.org/spec/27/); at most 255 characters of ASCII. With the NULL mechanism the handler is asked only
    /// when there is a domain; servers of PLAIN and CURVE ask without one too, in the domain "global". Empty unless set.
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
    /// Demands the handler where there is a domain: without one nobody is let in. Where there is no domain, CURVE does not ask
    /// then. Otherwise, the default, NULL and CURVE let everybody in as long as there is no handler.
    /// </summary>
    public bool ZapEnforceDomain
    {
        get => Settings.Zap.EnforceDomain;
        set => Change(s => s with { Zap = s.Zap with { EnforceDomain = value } });
    }
}

using Actors.Zmtp.Security;

namespace Actors.Zmtp;

public partial class SocketOptions
{
    /// <summary>This end is the server of CURVE for endpoints that are bound or connected from now on; it needs a <see cref="CurveCertificate"/> then. False, the default, makes it a client, or without keys no part of CURVE.</summary>
    public bool CurveServer
    {
        get => Settings.Curve.IsServer;
        set => Settings = Settings with { Curve = Settings.Curve with { IsServer = value } };
    }

    /// <summary>The key pair of this end of CURVE.</summary>
    /// <exception cref="ArgumentException">The certificate has no secret key.</exception>
    public ZmqCertificate CurveCertificate
    {
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (!value.HasSecretKey)
            {
                throw new ArgumentException("CurveCertificate needs a certificate with a secret key; this one has the public key only.", nameof(value));
            }

            Settings = Settings with { Curve = Settings.Curve with { Certificate = value } };
        }
    }

    /// <summary>The public key of the server, 32 octets, which makes this end a client of CURVE; null unless set.</summary>
    public byte[]? CurveServerKey
    {
        get => (byte[]?)Settings.Curve.ServerKey?.Clone();
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Length != Box.KeyLength)
            {
                throw new ArgumentException($"CurveServerKey has {value.Length} octets, a key has {Box.KeyLength}.", nameof(value));
            }

            Settings = Settings with { Curve = Settings.Curve with { ServerKey = (byte[])value.Clone(), IsServer = false } };
        }
    }

    /// <summary>The server's certificate, of which the public key becomes <see cref="CurveServerKey"/>.</summary>
    public ZmqCertificate CurveServerCertificate
    {
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            CurveServerKey = value.PublicKey;
        }
    }
}

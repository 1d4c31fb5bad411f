using Actors.Zmtp.Security;

namespace Actors.Zmtp;

public sealed partial class SocketOptions
{
    /// <summary>True makes this end the server of CURVE (RFC 26) for endpoints that are bound or connected from now on; it needs <see cref="CurveKeys"/> then. Default false: a client, or without keys no part of CURVE.</summary>
    public bool CurveServer
    {
        get => Settings.Curve.IsServer;
        set => Change(s => s with { Curve = s.Curve with { IsServer = value } });
    }

    /// <summary>The key pair of this end of CURVE.</summary>
    /// <exception cref="ArgumentException">Only the public key is there.</exception>
    public CurveKeyPair CurveKeys
    {
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (!value.HasSecretKey)
            {
                throw new ArgumentException("CurveKeys needs a secret key; this pair has the public key only.", nameof(value));
            }

            Change(s => s with { Curve = s.Curve with { Keys = value } });
        }
    }

    /// <summary>The public key of the server, 32 octets, which makes this end a client of CURVE. Default null.</summary>
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

            Change(s => s with { Curve = s.Curve with { ServerKey = (byte[])value.Clone(), IsServer = false } });
        }
    }
}

using System.Text;
using Actors.Zmtp;
using Actors.Zmtp.Protocol;
using Actors.Zmtp.Security.Curve;
using Actors.Zmtp.Security.Plain;

namespace Actors.Host.Probe;

/// <summary>The security mechanism that a probe can speak, with what it needs.</summary>
internal sealed class ProbeCredentials
{
    private readonly Func<HandshakeOptions, IMechanism> _create;

    private ProbeCredentials(string mechanism, Func<HandshakeOptions, IMechanism> create)
    {
        Mechanism = mechanism;
        _create = create;
    }

    /// <summary>NULL: none.</summary>
    public static ProbeCredentials None { get; } = new(NullMechanism.MechanismName, options => new NullMechanism(options));

    /// <summary>The mechanism's name in ZMTP.</summary>
    public string Mechanism { get; }

    public bool IsNull => Mechanism == NullMechanism.MechanismName;

    /// <summary>CURVE, at the client's end.</summary>
    public static ProbeCredentials Curve(CurveKeyPair keys, byte[] serverKey) => new(CurveMechanism.MechanismName, options => new CurveClientMechanism(options, keys, serverKey));

    /// <summary>PLAIN, at the client's end.</summary>
    public static ProbeCredentials Plain(string username, string password) =>
        new(PlainServerMechanism.MechanismName, options => new PlainClientMechanism(options, Encoding.UTF8.GetBytes(username), Encoding.UTF8.GetBytes(password)));

    public IMechanism Create(ZmqSocketType type) => _create(new HandshakeOptions { SocketType = type, IsServer = false });
}

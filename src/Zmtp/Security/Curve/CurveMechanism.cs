using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Security.Curve;

/// <summary>The part of a CURVE handshake that both ends share (https://rfc.zeromq.org/spec/26/).</summary>
internal abstract class CurveMechanism(HandshakeOptions options) : Mechanism(options), IDisposable
{
    public const string MechanismName = "CURVE";

    /// <summary>S' and the cookie, or C' and s', or C' and S.</summary>
    protected const int TwoKeys = 2 * Box.KeyLength;

    protected const int CookieLength = CurveNonce.LongLength + TwoKeys + Box.Overhead;
    protected const int VouchLength = CurveNonce.LongLength + TwoKeys + Box.Overhead;
    protected const int HelloZeros = 64;

    /// <summary>The first data of HELLO: version 1.0 and 72 octets of padding, so that it is longer than WELCOME.</summary>
    protected const int HelloPrefix = 2 + 72;

    protected const int HelloData = HelloPrefix + Box.KeyLength + CurveNonce.ShortLength + HelloZeros + Box.Overhead;
    protected const int WelcomePlain = Box.KeyLength + CookieLength;
    protected const int WelcomeData = CurveNonce.LongLength + WelcomePlain + Box.Overhead;
    protected const int InitiatePlain = Box.KeyLength + VouchLength;
    protected const int InitiateData = CookieLength + CurveNonce.ShortLength + InitiatePlain + Box.Overhead;
    protected const int ReadyData = CurveNonce.ShortLength + Box.Overhead;

    public override string Name => MechanismName;

    public virtual void Dispose() => Traffic?.Dispose();

    /// <summary>Ends without a word: who cannot seal a box is told nothing, and a client sends no ERROR.</summary>
    protected override MechanismOutcome Fail(HandshakeFailure failure)
    {
        Dispose();
        return base.Fail(failure);
    }
}

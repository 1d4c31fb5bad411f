using System.Buffers;
using System.Text;
using NetMQ.Protocol;
using NetMQ.Security.Zap;

namespace NetMQ.Security.Curve;

/// <summary>What both ends of a CURVE handshake have in common (https://rfc.zeromq.org/spec/26/).</summary>
internal abstract class CurveMechanism(HandshakeOptions options) : IMechanism, IDisposable
{
    public const string MechanismName = "CURVE";

    /// <summary>S' and the cookie, or C' and s', or C' and S.</summary>
    protected const int TwoKeys = 2 * Box.KeyLength;

    protected const int CookieLength = CurveNonce.LongLength + TwoKeys + Box.Overhead;
    protected const int VouchLength = CurveNonce.LongLength + TwoKeys + Box.Overhead;
    protected const int HelloZeros = 64;

    /// <summary>Of the data of HELLO: version 1.0 and 72 octets of padding, so that it is longer than WELCOME.</summary>
    protected const int HelloPrefix = 2 + 72;

    protected const int HelloData = HelloPrefix + Box.KeyLength + CurveNonce.ShortLength + HelloZeros + Box.Overhead;
    protected const int WelcomePlain = Box.KeyLength + CookieLength;
    protected const int WelcomeData = CurveNonce.LongLength + WelcomePlain + Box.Overhead;
    protected const int InitiatePlain = Box.KeyLength + VouchLength;
    protected const int InitiateData = CookieLength + CurveNonce.ShortLength + InitiatePlain + Box.Overhead;
    protected const int ReadyData = CurveNonce.ShortLength + Box.Overhead;

    public string Name => MechanismName;

    public abstract bool AsServer { get; }

    public PeerInfo? Peer { get; protected set; }

    public HandshakeFailure? Failure { get; private set; }

    public CurveTraffic? Traffic { get; protected set; }

    public ZapRequest? Request { get; protected set; }

    protected HandshakeOptions Options { get; } = options;

    protected ZmtpRevision Revision { get; private set; }

    public MechanismOutcome Start(ZmtpRevision revision, IBufferWriter<byte> output)
    {
        Revision = revision;
        return Begin(output);
    }

    public abstract MechanismOutcome Receive(Command command, IBufferWriter<byte> output);

    public virtual MechanismOutcome Authenticated(ZapReply reply, IBufferWriter<byte> output)
        => throw new InvalidOperationException("This end has asked for nothing.");

    public virtual void Dispose() => Traffic?.Dispose();

    protected abstract MechanismOutcome Begin(IBufferWriter<byte> output);

    /// <summary>Ends without a word: who cannot seal a box is told nothing, and a client sends no ERROR.</summary>
    protected MechanismOutcome Fail(HandshakeFailureReason reason, string text)
    {
        Failure = new(reason, text);
        Dispose();
        return MechanismOutcome.Failed;
    }

    protected MechanismOutcome Unexpected(Command command, string expected)
        => Fail(HandshakeFailureReason.UnexpectedCommand, $"the peer sent the command {Encoding.ASCII.GetString(command.Name)}, expected was {expected}");

    /// <summary>Reads the metadata that came in a box.</summary>
    protected bool TryReadMetadata(ReadOnlySpan<byte> data, string command)
    {
        if (!Metadata.TryParse(data, Options.MaxProperties, out var metadata, out var error))
        {
            Fail(HandshakeFailureReason.MalformedCommand, $"the {command} of the peer is malformed: {error}");
            return false;
        }

        if (!PeerInfo.TryCreate(Options, Revision, metadata, out var peer, out var failure))
        {
            Fail(failure.Reason, failure.Text);
            return false;
        }

        Peer = peer;
        return true;
    }
}

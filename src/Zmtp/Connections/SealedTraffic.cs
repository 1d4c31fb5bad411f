using Actors.Zmtp.Protocol;
using Actors.Zmtp.Security.Curve;

namespace Actors.Zmtp.Connections;

/// <summary>Frames and commands that a mechanism seals.</summary>
internal sealed class SealedTraffic : ITraffic
{
    private readonly ConnectionPipe _pipe;
    private readonly ControlBuffer _control;
    private readonly ZmtpRevision _revision;
    private readonly ConnectionSettings _settings;
    private readonly SealedOutput _output;
    private readonly SealedInput _input;

    public SealedTraffic(CurveTraffic traffic, ConnectionPipe pipe, ControlBuffer control, ZmtpRevision revision, ConnectionSettings settings)
    {
        _pipe = pipe;
        _control = control;
        _revision = revision;
        _settings = settings;
        // What the handshake has left to send goes as it is.
        _output = new SealedOutput(traffic, control.Unsent, pipe.Outbound.BeginFrames());
        control.Sent(control.Unsent.Count);
        _input = new SealedInput(traffic, settings.MaxMessageSize);
    }

    public int Gather(ArraySegment<byte>[] pieces)
    {
        if (_output.IsEmpty)
        {
            _pipe.Subscriptions?.WriteChanges(_revision, _control);
            _output.Fill(_pipe.Outbound, _control);
        }

        pieces[0] = _output.Unsent;
        return _output.IsEmpty ? 0 : 1;
    }

    public void Sent(long octets) => _output.Sent((int)octets, _pipe.Outbound);

    public Memory<byte> GetMemory() => _input.GetMemory();

    public CloseReason? Received(int count)
    {
        _input.Received(count);
        return Open();
    }

    public CloseReason? Append(ReadOnlySpan<byte> octets)
    {
        _input.Append(octets);
        return Open();
    }

    /// <summary>Opens what has arrived whole; a peer that breaks a rule is left without a word, as the specification asks.</summary>
    private CloseReason? Open()
    {
        if (_input.Open(_pipe.Inbound))
        {
            return null;
        }

        return _input.Error is { } error
            ? new CloseReason(CloseKind.Protocol, $"the peer broke a rule of CURVE: {error}")
            : InboundFailure.Of(_pipe.Inbound, _settings);
    }
}

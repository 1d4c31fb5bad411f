using System.Diagnostics;
using System.Net.Sockets;
using Actors.Zmtp;
using Actors.Zmtp.Protocol;

namespace Actors.Host.Probe;

using Transport = Actors.Zmtp.Protocol.Transport;

/// <summary>
/// Finds out what answers at an endpoint. It sends no message and subscribes to nothing, and connects as no socket that a peer would
/// give messages to, unless it is allowed to.
/// </summary>
internal sealed class Prober
{
    private static readonly TimeSpan s_leastPatience = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_mostPatience = TimeSpan.FromMilliseconds(500);

    // For each protocol that is tried when the time of the probe may be over.
    private static readonly TimeSpan s_extra = TimeSpan.FromSeconds(1);

    private readonly ProbeSettings _settings;
    private readonly EndpointAddress _endpoint;
    private readonly Findings _found;
    private readonly CancellationToken _deadline;

    // Other protocols have been tried, because the peer had said nothing to ZMTP.
    private bool _hasAsked;

    private Prober(ProbeSettings settings, CancellationToken deadline)
    {
        _settings = settings;
        _endpoint = settings.Address;
        _found = new Findings(settings);
        _deadline = deadline;
    }

    /// <summary>Probes an endpoint. What goes wrong there is in the report.</summary>
    /// <exception cref="ZmqException">The endpoint is malformed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was cancelled.</exception>
    public static async Task<ProbeReport> Run(ProbeSettings settings, CancellationToken stop = default)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var probe = new Prober(settings, deadline.Token);
        deadline.CancelAfter(settings.Timeout);
        try
        {
            await probe.Run();
            return probe._found.Answered();
        }
        catch (ProbeFailure failure) when (failure.Outcome == ProbeOutcome.Closed)
        {
            return probe._found.Failed(await probe.AskElse(s_extra, stop) ?? failure);
        }
        catch (ProbeFailure failure) when (failure.Outcome == ProbeOutcome.TimedOut && probe._found.SaidNothing)
        {
            // The second connection came too late. The first one stood, and nothing came.
            return probe._found.Failed(await probe.Late(stop));
        }
        catch (ProbeFailure failure)
        {
            return probe._found.Failed(failure);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return probe._found.Failed(await probe.Late(stop));
        }
    }

    private async Task Run()
    {
        var link = await Open();
        // ZMTP over WebSocket without a mechanism: there is nothing more that the peer tells.
        if (link is null) return;
        try
        {
            var greeting = _found.Greeting!;
            if (greeting.Mechanism != _settings.Credentials.Mechanism) throw WrongMechanism(greeting.Mechanism);
            if (greeting.Revision == ZmtpRevision.Zmtp20)
            {
                _found.Step = "after its greeting of ZMTP 2.0";
                var (type, identity) = await GreetingExchange.HearZmtp20((ByteLink)link, _deadline);
                _found.Take(type, new Metadata().Add(Metadata.Identity, identity));
                return;
            }

            _found.Step = "in the handshake";
            Task<Frame?>? reading = null;
            if (_settings.Credentials.IsNull)
            {
                var patience = TimeSpan.FromTicks(Math.Clamp(4 * greeting.RoundTrip.Ticks, s_leastPatience.Ticks, s_mostPatience.Ticks));
                (var metadata, reading) = await Handshaker.Listen(link, patience, _deadline);
                if (metadata is not null)
                {
                    _found.Take(metadata);
                    if (Visitor.Of(_found.Type) is { } fitting) await Finish(link, fitting, reading);
                    return;
                }
            }
            link = await Offer(link, reading);
        }
        finally
        {
            if (link is not null) await link.DisposeAsync();
        }
    }

    /// <summary>Connects as one type after the other until the peer lets one in or says what it is. Returns the last connection.</summary>
    private async Task<IFrameLink?> Offer(IFrameLink? link, Task<Frame?>? reading)
    {
        IEnumerable<ZmqSocketType> types = _settings.MayTakeMessages ? [.. Visitor.Harmless, .. Visitor.Taking] : Visitor.Harmless;
        if (_settings.For is { } wanted && types.Contains(wanted)) types = types.Where(type => type != wanted).Prepend(wanted);
        var refusal = "";
        foreach (var type in types)
        {
            link ??= await Open();
            var result = await Handshaker.Run(link!, _settings.Credentials.Create(type), _found.Greeting!.Revision, reading, _deadline);
            reading = null;
            if (result.End == HandshakeEnd.LetIn)
            {
                _found.Take(result.Metadata);
                await Ping(link!);
                return link;
            }
            await link!.DisposeAsync();
            link = null;
            if (result.End == HandshakeEnd.OtherType)
            {
                _found.Take(result.Type, result.Metadata);
                if (Visitor.Of(result.Type) is { } fitting) await Finish(link = (await Open())!, fitting, null);
                return link;
            }
            refusal = result.Reason;
        }
        _found.TakeNone(_settings.MayTakeMessages, refusal);
        return null;
    }

    private async Task Finish(IFrameLink link, ZmqSocketType fitting, Task<Frame?>? reading)
    {
        var result = await Handshaker.Run(link, _settings.Credentials.Create(fitting), _found.Greeting!.Revision, reading, _deadline);
        if (result.End != HandshakeEnd.LetIn)
            throw new ProbeFailure(ProbeOutcome.HandshakeFailed, $"it is a {_found.TypeName} socket, and does not let a {SocketTypes.WireName(fitting)} socket in{(result.Reason.Length > 0 ? $": {result.Reason}" : "")}");
        _found.Take(result.Metadata);
        await Ping(link);
    }

    private async Task Ping(IFrameLink link)
    {
        // With CURVE and PLAIN, a PING makes a PULL of libzmq 4.3 readable for a moment, and its application may then wait in a receive.
        if (_found.Greeting!.Revision != ZmtpRevision.Zmtp31 || !_settings.Credentials.IsNull || _settings.Pings == 0) return;
        if (await Heartbeats.Measure(link, _settings.Pings, _deadline) is { } median) _found.RoundTrip = (median, RoundTripKind.Ping);
    }

    /// <summary>Connects and exchanges greetings. Null where a WebSocket without a mechanism has no more to say.</summary>
    private async Task<IFrameLink?> Open()
    {
        if (_endpoint.Transport == Transport.WebSocket)
        {
            var (webSocket, upgraded) = await WebSocketLink.Open(_endpoint, Connect, _deadline);
            _found.Greeting ??= upgraded;
            return webSocket;
        }
        var link = new ByteLink(await Connect());
        try
        {
            _found.Address ??= link.Address;
            _found.Step = "in the greeting";
            var greeting = await GreetingExchange.Hear(link, _settings.Credentials.Mechanism, _hasAsked ? Timeout.InfiniteTimeSpan : FirstPatience, _deadline);
            if (greeting is not null)
            {
                _found.SaidNothing = false;
                _found.Greeting ??= greeting;
                return link;
            }
            // The time is not spent on waiting alone: most that is not ZMTP waits to be spoken to.
            _found.SaidNothing = true;
            await link.DisposeAsync();
        }
        catch (OperationCanceledException)
        {
            _found.SaidNothing = link.Received.IsEmpty;
            await link.DisposeAsync();
            throw;
        }
        catch
        {
            await link.DisposeAsync();
            throw;
        }
        _hasAsked = true;
        if (await AskElse(_settings.Timeout / 6, _deadline) is { } other) throw other;
        _deadline.ThrowIfCancellationRequested();
        // A socket of ZMTP whose process is busy gets what is left of the time, nearly half of it.
        return await Open();
    }

    /// <summary>How long a peer may say nothing until other protocols are tried.</summary>
    private TimeSpan FirstPatience => TimeSpan.FromTicks(Math.Min(_settings.Timeout.Ticks / 4, TimeSpan.TicksPerSecond));

    private async Task<Socket> Connect()
    {
        var started = Stopwatch.GetTimestamp();
        var socket = await Connector.Connect(_endpoint.Transport == Transport.WebSocket ? _endpoint.Below : _endpoint, _deadline);
        _found.ConnectTime ??= Stopwatch.GetElapsedTime(started);
        return socket;
    }

    private ProbeFailure WrongMechanism(string peers)
    {
        var own = _settings.Credentials.Mechanism;
        var advice = (peers, own) switch
        {
            ("CURVE", _) => "give the server's public key",
            ("PLAIN", _) => "give a user name and a password",
            ("NULL", _) => "leave the credentials away",
            _ => "this program does not have it",
        };
        return new ProbeFailure(ProbeOutcome.WrongMechanism, $"it wants the security mechanism {peers}, and the probe has {(own == NullMechanism.MechanismName ? "none (NULL)" : own)}: {advice}");
    }

    /// <summary>The time is up: says what was waited for.</summary>
    private async Task<ProbeFailure> Late(CancellationToken stop)
    {
        var time = $"within {_settings.Timeout.TotalSeconds:0.###} s";
        if (!_found.SaidNothing) return new ProbeFailure(_found.Step is null ? ProbeOutcome.TimedOut : ProbeOutcome.HandshakeFailed, $"it says no more {_found.Step ?? "when it has accepted the connection"} {time}");
        return (_hasAsked ? null : await AskElse(s_extra, stop))
            ?? new ProbeFailure(ProbeOutcome.Silent, $"it accepts the connection and says nothing {time}, and ZMTP greets at once: its process may be stopped or busy, or it speaks another protocol");
    }

    /// <summary>Speaks other protocols to a peer that has not answered to ZMTP.</summary>
    private async Task<ProbeFailure?> AskElse(TimeSpan timeForEach, CancellationToken stop) =>
        await ForeignProtocol.Ask(_endpoint, timeForEach, stop) is { } looksLike ? new NotZmtpFailure(looksLike, $"it looks like {looksLike}, and has nothing to say to a greeting of ZMTP") : null;
}

using Actors.Zmtp;
using Actors.Zmtp.Protocol;

namespace Actors.Host.Probe;

using Transport = Actors.Zmtp.Protocol.Transport;

/// <summary>What to probe, and how.</summary>
internal sealed record ProbeSettings
{
    /// <summary>A tcp, ipc or ws endpoint, as a socket connects to it.</summary>
    public required string Endpoint { get; init; }

    public ProbeCredentials Credentials { get; init; } = ProbeCredentials.None;

    /// <summary>Time for the whole of it. Default 5 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The socket type that is to be connected there; the peer must fit it. Default null: any peer will do.</summary>
    public ZmqSocketType? For { get; init; }

    /// <summary>Also connects as what a peer may give its messages to, which are lost then. Default false.</summary>
    public bool MayTakeMessages { get; init; }

    /// <summary>The number of PINGs whose median is the round trip. Default 3; zero sends none.</summary>
    public int Pings { get; init; } = 3;

    /// <summary>The endpoint's parts.</summary>
    /// <exception cref="ZmqException">It is malformed, or its transport cannot be probed.</exception>
    public EndpointAddress Address
    {
        get
        {
            var address = EndpointAddress.Parse(Endpoint, EndpointUse.Connect);
            return address.Transport == Transport.Inproc
                ? throw new InvalidException($"Bad endpoint \"{Endpoint}\": inproc ends at its process, so no other can probe it; expected tcp, ipc or ws.")
                : address;
        }
    }
}

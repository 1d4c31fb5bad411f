using Actors.Remoting.Settings;
using Akka.Configuration;

namespace Actors.Remoting;

/// <summary>What carries the associations of a <see cref="ZmqTransport"/>.</summary>
public enum ZmqRemoteTransport
{
    /// <summary>TCP.</summary>
    Tcp,

    /// <summary>The memory of this process, between its actor systems. No port is opened.</summary>
    Inproc,
}

/// <summary>The settings of a <see cref="ZmqTransport"/>, as code; <see cref="ZmqRemoting.Config"/> makes a configuration of them.</summary>
public sealed record ZmqRemoteSettings
{
    /// <summary>The name or address of the interface to listen at; "*" or "0.0.0.0" for all, which needs a <see cref="PublicHostname"/>. Over inproc, any name. Default 127.0.0.1.</summary>
    public string Hostname { get; init; } = "127.0.0.1";

    /// <summary>The port to listen at; 0 for one that the system chooses. Default 2552.</summary>
    public int Port { get; init; } = 2552;

    /// <summary>The name by which other nodes reach this one. Default empty: <see cref="Hostname"/>.</summary>
    public string PublicHostname { get; init; } = "";

    /// <summary>The port by which other nodes reach this one. Default 0: <see cref="Port"/>.</summary>
    public int PublicPort { get; init; }

    /// <summary>Default tcp.</summary>
    public ZmqRemoteTransport Transport { get; init; }

    /// <summary>Bytes of the largest message, with Akka's envelope; the same on all nodes. Default 128000, from 32000.</summary>
    public long MaximumFrameSize { get; init; } = 128_000;

    /// <summary>Bytes that may wait for one node before Akka is told to hold messages back. Default 16000000, from 1000.</summary>
    public long SendBufferSize { get; init; } = 16_000_000;

    /// <summary>Time for a connection to another node, with its handshakes. Default 15 s.</summary>
    public TimeSpan ConnectionTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Time for which an association that ends, and a transport that shuts down, still sends what waits. Default 2 s.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Connections that may wait to be accepted. Default 4096.</summary>
    public int Backlog { get; init; } = 4096;

    /// <summary>Encryption and keys. Default null: none.</summary>
    public ZmqRemoteCurve? Curve { get; init; }

    internal bool ListensEverywhere => Hostname is "*" or "0.0.0.0" or "::" or "[::]";

    internal string BindHost => Hostname == "0.0.0.0" ? "*" : Hostname;

    internal string PublicHost => PublicHostname.Length > 0 ? PublicHostname : Hostname;

    /// <exception cref="ConfigurationException">A setting is out of range; names it as the configuration does.</exception>
    internal void Validate()
    {
        var check = default(SettingCheck);
        check.Expect(Hostname.Length > 0, "hostname", Hostname, "the name or address of an interface, or \"*\"");
        check.Expect(
            !ListensEverywhere || PublicHostname.Length > 0 || Transport == ZmqRemoteTransport.Inproc,
            "public-hostname",
            PublicHostname,
            $"the name by which other nodes reach this one, since hostname = \"{Hostname}\" is none");
        check.Expect(Uri.CheckHostName(PublicHost) != UriHostNameType.Unknown || ListensEverywhere, PublicHostname.Length > 0 ? "public-hostname" : "hostname", PublicHost, "a host name or an IP address");
        check.Range("port", Port, 0, ushort.MaxValue);
        check.Range("public-port", PublicPort, 0, ushort.MaxValue);
        check.Expect(Enum.IsDefined(Transport), "transport", Transport, "tcp or inproc");
        check.Range("maximum-frame-size", MaximumFrameSize, 32_000, int.MaxValue / 2);
        check.Range("send-buffer-size", SendBufferSize, 1000, long.MaxValue);
        check.Span("connection-timeout", ConnectionTimeout, TimeSpan.FromMilliseconds(1));
        check.Span("linger", Linger, TimeSpan.Zero);
        check.Range("backlog", Backlog, 1, int.MaxValue);
        Curve?.Validate(check);
    }
}

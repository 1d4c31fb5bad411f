using System.Globalization;
using System.Text;

namespace Actors.Zmtp.Protocol;

/// <summary>The transports that endpoints can name.</summary>
internal enum Transport
{
    Tcp,
    Inproc,
    Ipc,
    WebSocket,
}

/// <summary>The use of an endpoint; wildcards stand only where something is bound.</summary>
internal enum EndpointUse
{
    Bind,
    Connect,

    /// <summary>Bind to a port that the system chooses; the port may be left out.</summary>
    BindRandomPort,
}

/// <summary>
/// A parsed endpoint: <c>tcp://host:port</c>, <c>tcp://*:0</c>, <c>tcp://[::1]:5555</c>, <c>inproc://name</c>,
/// <c>ipc://path</c>, <c>ipc://@name</c>, <c>ws://host:port/path</c>.
/// </summary>
/// <param name="Transport">What carries the connection.</param>
/// <param name="Host">For tcp and ws a host name, a numeric address without brackets, an interface, or "*"; for inproc the name, for ipc the path, or "*".</param>
/// <param name="Port">For tcp and ws the port; 0 lets the system choose.</param>
internal readonly record struct EndpointAddress(Transport Transport, string Host, int Port)
{
    private const string TcpForm = "tcp://host:port";
    private const string WebSocketForm = "ws://host:port/path";
    private const string Supported = "tcp://host:port, ipc://path, ws://host:port/path or inproc://name";

    /// <summary>For ws what stands behind the port, "/" at least.</summary>
    public string Path { get; init; } = "";

    /// <summary>Host and port; a numeric IPv6 address stands in brackets.</summary>
    public string HostAndPort => Host.Contains(':', StringComparison.Ordinal)
        ? string.Create(CultureInfo.InvariantCulture, $"[{Host}]:{Port}")
        : string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");

    /// <summary>The tcp endpoint that carries a ws endpoint.</summary>
    public EndpointAddress Below => this with { Transport = Transport.Tcp, Path = "" };

    /// <summary>True when a path is to be made up, in the folder for temporary files.</summary>
    public bool IsAnyPath => Transport == Transport.Ipc && Host == "*";

    /// <summary>An ipc name in the abstract namespace of Linux, which has no file; elsewhere "@" is a character as any other.</summary>
    public bool IsAbstract => Transport == Transport.Ipc && OperatingSystem.IsLinux() && Host.StartsWith('@');

    /// <summary>True when every interface is meant.</summary>
    public bool IsAnyHost => Transport is Transport.Tcp or Transport.WebSocket && Host == "*";

    /// <summary>Reads an endpoint.</summary>
    /// <exception cref="InvalidException">It is malformed; the message names it, what is wrong and what was expected.</exception>
    /// <exception cref="ProtocolNotSupportedException">Its transport is not supported.</exception>
    public static EndpointAddress Parse(string endpoint, EndpointUse use)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var separator = endpoint.IndexOf("://", StringComparison.Ordinal);
        if (separator <= 0)
            throw Invalid(endpoint, "it has no transport", Supported);
        var scheme = endpoint[..separator];
        var rest = endpoint[(separator + 3)..];
        return scheme switch
        {
            "tcp" => ParseTcp(endpoint, rest, use),
            "inproc" when use == EndpointUse.BindRandomPort => throw Invalid(endpoint, "inproc has no ports", "tcp://host"),
            "inproc" when rest.Length == 0 => throw Invalid(endpoint, "the name is empty", "inproc://name"),
            "inproc" => new(Transport.Inproc, rest, 0),
            "ipc" => ParseIpc(endpoint, rest, use),
            "ws" => ParseWebSocket(endpoint, rest, use),
            _ => throw new ProtocolNotSupportedException($"Bad endpoint \"{endpoint}\": the transport \"{scheme}\" is not supported; expected {Supported}."),
        };
    }

    /// <summary>The endpoint as text; the host of a numeric IPv6 address stands in brackets.</summary>
    public override string ToString()
    {
        if (Transport == Transport.Inproc)
            return "inproc://" + Host;
        if (Transport == Transport.Ipc)
            return "ipc://" + Host;
        return (Transport == Transport.WebSocket ? "ws://" : "tcp://") + HostAndPort + Path;
    }

    /// <summary>Most bytes of a path in the address of a Unix-domain socket, without the final zero: the address has 108 on Linux, 104 on the BSDs and macOS.</summary>
    private static int MaxPathBytes => OperatingSystem.IsLinux() || OperatingSystem.IsWindows() ? 107 : 103;

    private static EndpointAddress ParseIpc(string endpoint, string path, EndpointUse use)
    {
        const string Form = "ipc://path";
        if (use == EndpointUse.BindRandomPort)
            throw Invalid(endpoint, "ipc has no ports", "tcp://host, or Bind to \"ipc://*\"");
        if (path.Length == 0)
            throw Invalid(endpoint, "the path is empty", Form);
        if (path.Contains('\0', StringComparison.Ordinal))
            throw Invalid(endpoint.Replace("\0", "\\0", StringComparison.Ordinal), "the path has a zero character", Form);
        if (path == "*" && use == EndpointUse.Connect)
            throw Invalid(endpoint, "\"*\" is no path to connect to", Form);
        var address = new EndpointAddress(Transport.Ipc, path, 0);
        if (address.IsAbstract && path.Length == 1)
            throw Invalid(endpoint, "the abstract name is empty", "ipc://@name");
        var length = Encoding.UTF8.GetByteCount(path);
        return length <= MaxPathBytes
            ? address
            : throw Invalid(endpoint, $"the path has {length} bytes", $"at most {MaxPathBytes}, as many as the address of a Unix-domain socket holds");
    }

    private static EndpointAddress ParseTcp(string endpoint, string rest, EndpointUse use)
    {
        if (rest.Contains(';', StringComparison.Ordinal))
            throw Invalid(endpoint, "a source address before \";\" is not supported", TcpForm);
        if (rest.Contains('/', StringComparison.Ordinal))
            throw Invalid(endpoint, "there is a \"/\" behind the transport; resources are not supported", TcpForm);

        return ParseHostAndPort(Transport.Tcp, endpoint, rest, use);
    }

    private static EndpointAddress ParseWebSocket(string endpoint, string rest, EndpointUse use)
    {
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var path = slash < 0 ? "/" : rest[slash..];
        if (path.AsSpan().ContainsAnyExceptInRange('!', '~') || path.Contains('#', StringComparison.Ordinal))
            throw Invalid(endpoint, $"the path \"{path}\" has characters that are not printable ASCII, or a \"#\"", WebSocketForm);
        return ParseHostAndPort(Transport.WebSocket, endpoint, slash < 0 ? rest : rest[..slash], use) with { Path = path };
    }

    private static EndpointAddress ParseHostAndPort(Transport transport, string endpoint, string rest, EndpointUse use)
    {
        var (host, port) = SplitPort(endpoint, rest, use);
        if (host.Length == 0)
            throw Invalid(endpoint, "the host is empty", FormOf(endpoint) + ", or \"*\" to bind every interface");
        if (host == "*" && use == EndpointUse.Connect)
            throw Invalid(endpoint, "\"*\" is no host to connect to", FormOf(endpoint));
        if (port == 0 && use == EndpointUse.Connect)
            throw Invalid(endpoint, "0 is no port to connect to", "a port from 1 to 65535");
        return new(transport, host, port);
    }

    private static (string Host, int Port) SplitPort(string endpoint, string rest, EndpointUse use)
    {
        int hostEnd;
        string host;
        if (rest.StartsWith('['))
        {
            var bracket = rest.IndexOf(']', StringComparison.Ordinal);
            if (bracket < 0)
                throw Invalid(endpoint, "the bracket before the IPv6 address is not closed", "tcp://[address]:port");
            host = rest[1..bracket];
            hostEnd = bracket + 1;
            if (hostEnd < rest.Length && rest[hostEnd] != ':')
                throw Invalid(endpoint, $"\"{rest[hostEnd..]}\" follows the IPv6 address", "tcp://[address]:port");
        }
        else
        {
            hostEnd = rest.LastIndexOf(':');
            if (hostEnd >= 0 && rest.IndexOf(':', StringComparison.Ordinal) != hostEnd)
                throw Invalid(endpoint, "the host has a colon", "brackets around an IPv6 address, as in tcp://[address]:port");
            hostEnd = hostEnd < 0 ? rest.Length : hostEnd;
            host = rest[..hostEnd];
        }

        if (hostEnd == rest.Length)
        {
            return use == EndpointUse.BindRandomPort
                ? (host, 0)
                : throw Invalid(endpoint, "the port is missing", FormOf(endpoint));
        }

        return (host, ParsePort(endpoint, rest[(hostEnd + 1)..], use));
    }

    private static int ParsePort(string endpoint, string text, EndpointUse use)
    {
        if (text == "*" && use != EndpointUse.Connect)
            return 0;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535)
            return port;
        throw Invalid(endpoint, $"the port \"{text}\" is no number from 0 to 65535", FormOf(endpoint));
    }

    private static string FormOf(string endpoint) => endpoint.StartsWith("ws:", StringComparison.Ordinal) ? WebSocketForm : TcpForm;

    private static InvalidException Invalid(string endpoint, string wrong, string expected)
    {
        return new InvalidException($"Bad endpoint \"{endpoint}\": {wrong}; expected {expected}.");
    }
}

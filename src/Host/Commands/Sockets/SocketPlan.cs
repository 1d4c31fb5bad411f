using Actors.Transport;
using Actors.Zmtp;

namespace Actors.Host.Commands.Sockets;

/// <summary>A socket that a verb wants: its type, endpoints and security, checked. <see cref="ToolSocket.Open"/> opens it.</summary>
internal sealed record SocketPlan
{
    /// <summary>The type; null where the verb chooses its sockets itself.</summary>
    public SocketKindName? Type { get; init; }

    public required IReadOnlyList<string> Bind { get; init; }

    public required IReadOnlyList<string> Connect { get; init; }

    /// <summary>The routing id; null for none.</summary>
    public byte[]? Identity { get; init; }

    public SecurityChoice Security { get; init; } = SecurityChoice.None;

    /// <summary>The mechanism with its keys read; null for none.</summary>
    public SocketSecurity? Resolved { get; private init; }

    /// <summary>Bound and connected endpoints, for people.</summary>
    public string Endpoints => string.Join(", ", Bind.Concat(Connect));

    /// <summary>Reads the keys.</summary>
    /// <exception cref="ToolException">They cannot be used.</exception>
    public SocketPlan Checked()
    {
        try
        {
            return this with { Resolved = Security.Settings()?.Resolve(new SettingCheck("security")) };
        }
        catch (SocketSettingsException fault)
        {
            throw ToolException.Usage($"--{fault.Option} {fault.Fault}");
        }
    }

    /// <summary>Says on standard error where the socket listens, if the system chose a port.</summary>
    public void SayChosenPorts(ToolSocket socket, ToolOutput output)
    {
        foreach (var (wanted, real) in Bind.Zip(socket.Endpoints))
        {
            if (wanted.EndsWith(":0", StringComparison.Ordinal) || wanted.EndsWith(":*", StringComparison.Ordinal)) output.Errors.WriteLine($"listening at {real}");
        }
    }

    /// <summary>Sets routing id and security, before an endpoint is opened.</summary>
    /// <exception cref="ToolException">The routing id cannot be one.</exception>
    public void Apply(SocketOptions options)
    {
        // As libzmq with ZMQ_IPV6: "*" means every address of both families, and all addresses of a name are tried.
        options.IPv4Only = false;
        if (Resolved is not null) ZmtpSecurity.Apply(Resolved, options);
        try
        {
            if (Identity is not null) options.Identity = Identity;
        }
        catch (InvalidException fault)
        {
            throw ToolException.Usage($"--identity: {fault.Message}");
        }
    }
}

using System.Net;
using System.Net.Sockets;
using Actors.Zmtp.Protocol;

namespace Actors.Host.Probe;

using Transport = Actors.Zmtp.Protocol.Transport;

/// <summary>Makes connections of bytes to an endpoint, and says in which way that fails.</summary>
internal static class Connector
{
    /// <summary>Connects to the host and port, or the path, of an endpoint; of a name's addresses the first that answers.</summary>
    /// <exception cref="ProbeFailure">There is no connection.</exception>
    public static async Task<Socket> Connect(EndpointAddress endpoint, CancellationToken deadline)
    {
        if (endpoint.Transport == Transport.Ipc) return await ConnectPath(endpoint, deadline);
        var addresses = await Resolve(endpoint.Host, deadline);
        SocketException? last = null;
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, endpoint.Port), deadline);
                // A free port of the system's range may be given to the very socket that connects to it.
                if (!Equals(socket.LocalEndPoint, socket.RemoteEndPoint)) return socket;
                last = new SocketException((int)SocketError.ConnectionRefused);
            }
            catch (SocketException error)
            {
                last = error;
            }
            catch (OperationCanceledException)
            {
                socket.Dispose();
                throw new ProbeFailure(ProbeOutcome.TimedOut, $"{address} does not answer: it is down, or a firewall drops what is sent to port {endpoint.Port}");
            }
            socket.Dispose();
        }
        throw FailureOf(last!, addresses.Length == 1 ? $"{addresses[0]}" : $"any of the {addresses.Length} addresses of {endpoint.Host}", $"port {endpoint.Port}");
    }

    private static async Task<IPAddress[]> Resolve(string host, CancellationToken deadline)
    {
        if (IPAddress.TryParse(host, out var numeric)) return [numeric];
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(host, deadline);
            if (addresses.Length > 0) return addresses;
        }
        catch (SocketException error)
        {
            throw new ProbeFailure(ProbeOutcome.NameNotResolved, $"the name {host} has no address ({error.Message})");
        }
        catch (OperationCanceledException)
        {
            throw new ProbeFailure(ProbeOutcome.NameNotResolved, $"no name server answers for {host}");
        }
        throw new ProbeFailure(ProbeOutcome.NameNotResolved, $"the name {host} has no address");
    }

    private static async Task<Socket> ConnectPath(EndpointAddress endpoint, CancellationToken deadline)
    {
        var path = endpoint.Host;
        if (!endpoint.IsAbstract && !Path.Exists(path)) throw new ProbeFailure(ProbeOutcome.NoFile, $"there is no file {path}");
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(endpoint.IsAbstract ? "\0" + path[1..] : path), deadline);
            return socket;
        }
        catch (SocketException error)
        {
            socket.Dispose();
            throw error.SocketErrorCode == SocketError.ConnectionRefused
                ? new ProbeFailure(ProbeOutcome.Refused, endpoint.IsAbstract ? "nobody listens at that name" : $"{path} is there, and nobody listens at it: a program that has ended may have left it behind")
                : FailureOf(error, path, "the file");
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            throw new ProbeFailure(ProbeOutcome.TimedOut, $"the queue of connections at {path} is full: its program accepts none");
        }
    }

    private static ProbeFailure FailureOf(SocketException error, string peer, string what) => error.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => new(ProbeOutcome.Refused, $"nothing listens at {what} of {peer}, or a firewall refuses it"),
        SocketError.TimedOut => new(ProbeOutcome.TimedOut, $"{peer} does not answer: it is down, or a firewall drops what is sent to {what}"),
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => new(ProbeOutcome.Unreachable, $"there is no way to {peer} ({error.Message})"),
        SocketError.AccessDenied => new(ProbeOutcome.Unreachable, $"this user may not connect to {what} of {peer} ({error.Message})"),
        _ => new(ProbeOutcome.Unreachable, $"{peer} cannot be connected to ({error.Message})"),
    };
}

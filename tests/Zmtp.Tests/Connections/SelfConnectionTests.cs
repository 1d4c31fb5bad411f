using System.Net;
using System.Net.Sockets;
using Actors.Zmtp.Transports;

namespace Actors.Zmtp.Tests.Connections;

public class SelfConnectionTests
{
    [Fact]
    public void A_socket_that_the_system_connected_to_itself_is_known()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Connect(socket.LocalEndPoint!);
        Assert.True(TcpAddresses.IsToItself(socket));
    }

    [Fact]
    public void The_two_ends_of_a_connection_are_not_taken_for_one()
    {
        using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        using Socket connected = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        connected.Connect(listener.LocalEndPoint!);
        using Socket accepted = listener.Accept();
        Assert.False(TcpAddresses.IsToItself(connected));
        Assert.False(TcpAddresses.IsToItself(accepted));
    }
}

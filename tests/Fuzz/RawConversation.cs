using System.Net.Sockets;

namespace Fuzz;

/// <summary>One TCP connection with the engine, on which it is sent a stream in pieces and then the end.</summary>
internal static class RawConversation
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <exception cref="TimeoutException">The engine left the connection open after its end.</exception>
    public static void Hold(Socket connection, byte[] stream, Random random)
    {
        connection.NoDelay = true;
        connection.ReceiveTimeout = (int)Patience.TotalMilliseconds;
        connection.SendTimeout = (int)Patience.TotalMilliseconds;
        try
        {
            for (var at = 0; at < stream.Length;)
            {
                // Whole, octet by octet, or anything between.
                var length = random.Next(3) switch { 0 => stream.Length - at, 1 => 1 + random.Next(3), _ => 1 + random.Next(100) };
                length = Math.Min(length, stream.Length - at);
                connection.Send(stream, at, length, SocketFlags.None);
                at += length;
                Drain(connection);
            }
            connection.Shutdown(SocketShutdown.Send);
            ReadToEnd(connection);
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown or SocketError.ConnectionAborted)
        {
            // The engine has ended it, which it may.
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock or SocketError.TryAgain)
        {
            throw new TimeoutException($"the engine neither read nor closed a connection within {Patience.TotalSeconds} s of its end");
        }
    }

    private static void Drain(Socket connection)
    {
        Span<byte> buffer = stackalloc byte[1024];
        while (connection.Available > 0 && connection.Receive(buffer) > 0)
        {
        }
    }

    private static void ReadToEnd(Socket connection)
    {
        Span<byte> buffer = stackalloc byte[4096];
        while (connection.Receive(buffer) > 0)
        {
        }
    }
}

using System.Net.Sockets;
using Actors.Zmtp.Io;
using Actors.Zmtp.Transports;

namespace Actors.Zmtp.Tests.WebSocket;

/// <summary>Keeps what is sent.</summary>
internal sealed class RecordingStream : IByteStream
{
    public List<byte> Octets { get; } = [];

    public string LocalEndpoint => "";

    public string RemoteEndpoint => "";

    public long Send(ReadOnlySpan<ArraySegment<byte>> pieces, out SocketError error)
    {
        error = SocketError.Success;
        long sent = 0;
        foreach (ArraySegment<byte> piece in pieces)
        {
            Octets.AddRange(piece);
            sent += piece.Count;
        }

        return sent;
    }

    public int Receive(Memory<byte> buffer, out SocketError error) => throw new NotSupportedException();

    public void Watch(IReadyHandler handler, Ready interest) => throw new NotSupportedException();

    public void ShutdownSend() => throw new NotSupportedException();

    public void Close() => throw new NotSupportedException();
}

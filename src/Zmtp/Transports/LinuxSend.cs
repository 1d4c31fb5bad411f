using System.Buffers;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Actors.Zmtp.Io;

namespace Actors.Zmtp.Transports;

/// <summary>Sends several pieces with one call on Linux: sendmsg(2).</summary>
internal sealed unsafe partial class LinuxSend(Socket socket)
{
    public const int MaxPieces = 32;
    private readonly MemoryHandle[] _handles = new MemoryHandle[MaxPieces];

    private const int NoSignal = 0x4000;
    private const int DontWait = 0x40;

    public static bool IsSupported { get; } = OperatingSystem.IsLinux() && !PortableIo.IsForced;

    public long Send(ReadOnlySpan<ArraySegment<byte>> pieces, out SocketError error)
    {
        int count = Math.Min(pieces.Length, MaxPieces);
        Vector* vectors = stackalloc Vector[count];
        Span<MemoryHandle> handles = _handles.AsSpan(0, count);
        nint sent;
        int code = 0;
        try
        {
            for (int i = 0; i < count; i++)
            {
                handles[i] = pieces[i].AsMemory().Pin();
                vectors[i] = new Vector { Base = handles[i].Pointer, Length = pieces[i].Count };
            }

            MessageHeader header = new() { Vectors = vectors, VectorCount = count };
            sent = sendmsg((int)socket.Handle, &header, NoSignal | DontWait);
            if (sent < 0)
            {
                code = Marshal.GetLastPInvokeError();
            }
        }
        finally
        {
            foreach (ref MemoryHandle handle in handles)
            {
                handle.Dispose();
            }
        }

        error = sent >= 0 ? SocketError.Success : ToSocketError(code);
        return Math.Max(sent, 0);
    }

    private static SocketError ToSocketError(int errno) => errno switch
    {
        11 => SocketError.WouldBlock,
        4 => SocketError.WouldBlock,
        32 => SocketError.ConnectionReset,
        104 => SocketError.ConnectionReset,
        103 => SocketError.ConnectionAborted,
        105 => SocketError.NoBufferSpaceAvailable,
        107 => SocketError.NotConnected,
        110 => SocketError.TimedOut,
        113 => SocketError.HostUnreachable,
        _ => SocketError.SocketError,
    };

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint sendmsg(int descriptor, MessageHeader* message, int flags);

    private struct Vector
    {
        public void* Base;
        public nint Length;
    }

    private struct MessageHeader
    {
        public void* Name;
        public nint NameLength;
        public Vector* Vectors;
        public nint VectorCount;
        public void* Control;
        public nint ControlLength;
        public nint Flags;
    }
}

using System.Buffers.Binary;

namespace Actors.Zmtp.Tests.Interop;

/// <summary>Numbers as the four bytes that the peers of other languages send and expect.</summary>
internal static class NetworkOrder
{
    public static byte[] GetBytes(int number)
    {
        byte[] bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }

    public static int ToInt32(byte[] bytes) => BinaryPrimitives.ReadInt32BigEndian(bytes);
}

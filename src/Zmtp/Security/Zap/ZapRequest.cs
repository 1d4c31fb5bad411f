using System.Buffers.Binary;
using System.Text;

namespace Actors.Zmtp.Security.Zap;

/// <summary>The credentials that a mechanism wants checked (https://rfc.zeromq.org/spec/27/).</summary>
internal sealed record ZapRequest(string Mechanism, ReadOnlyMemory<byte> Identity, params byte[][] Credentials)
{
    /// <summary>The frames of the request as a DEALER sends them, with the delimiter.</summary>
    public byte[][] ToFrames(ulong id, string domain, string address)
    {
        byte[] number = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(number, id);
        return
        [
            [], "1.0"u8.ToArray(), number, Encoding.ASCII.GetBytes(domain), Encoding.ASCII.GetBytes(address),
            Identity.ToArray(), Encoding.ASCII.GetBytes(Mechanism), .. Credentials,
        ];
    }
}

using System.Buffers;

namespace Actors.Zmtp.Tests.Protocol;

/// <summary>Octets as readable hex, for vectors.</summary>
internal static class Octets
{
    /// <summary>Octets of hex in which blanks and line ends may stand.</summary>
    public static byte[] Of(string hex) => Convert.FromHexString(string.Concat(hex.Where(c => !char.IsWhiteSpace(c))));

    public static string Hex(ReadOnlySpan<byte> octets) => Convert.ToHexStringLower(octets);

    public static string Hex(ArrayBufferWriter<byte> written) => Hex(written.WrittenSpan);

    /// <summary>A vector in the form of <see cref="Hex(ReadOnlySpan{byte})"/>.</summary>
    public static string Vector(string hex) => Hex(Of(hex));

    public static byte[] Join(params byte[][] parts) => parts.SelectMany(part => part).ToArray();

    /// <summary>Cuts octets at the given places, in any order and number.</summary>
    public static IEnumerable<byte[]> Split(byte[] octets, IEnumerable<int> cuts)
    {
        var places = cuts.Select(cut => (int)((uint)cut % (uint)(octets.Length + 1))).Append(0).Append(octets.Length).Distinct().Order().ToArray();
        return places.Zip(places.Skip(1), (from, to) => octets[from..to]);
    }
}

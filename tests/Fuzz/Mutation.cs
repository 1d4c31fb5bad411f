namespace Fuzz;

/// <summary>Damages octets in the ways that parsers mind: other values, lengths, order, more, less.</summary>
internal static class Mutation
{
    private static readonly byte[] Telling = [0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x7f, 0x80, 0xfe, 0xff];

    /// <summary>The stream with some damage; one in ten has nothing to do with it.</summary>
    public static byte[] Of(byte[] stream, Random random)
    {
        if (stream.Length == 0 || random.Next(10) == 0) return Noise(random, random.Next(1, 400));
        var damaged = new List<byte>(stream);
        // One damage gets furthest; many find what no state expects.
        var times = random.Next(4) == 0 ? random.Next(2, 20) : 1;
        for (var i = 0; i < times && damaged.Count > 0; i++) Damage(damaged, random);
        return [.. damaged];
    }

    private static void Damage(List<byte> octets, Random random)
    {
        var at = random.Next(octets.Count);
        var length = Math.Min(random.Next(1, 64), octets.Count - at);
        switch (random.Next(9))
        {
            case 0: octets[at] ^= (byte)(1 << random.Next(8)); break;
            case 1: octets[at] = Telling[random.Next(Telling.Length)]; break;
            case 2: octets[at] = (byte)random.Next(256); break;
            case 3: octets.RemoveRange(at, length); break;
            case 4: octets.InsertRange(at, Noise(random, length)); break;
            case 5: octets.InsertRange(at, octets.GetRange(at, length)); break;
            case 6: octets.RemoveRange(at, octets.Count - at); break;
            case 7: WriteLength(octets, at, random); break;
            default: octets.AddRange(octets.GetRange(at, octets.Count - at)); break;
        }
    }

    /// <summary>Eight octets that claim a length at the edge of what a parser takes.</summary>
    private static void WriteLength(List<byte> octets, int at, Random random)
    {
        ReadOnlySpan<ulong> edges = [0, 1, 255, 256, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff, long.MaxValue, (ulong)long.MaxValue + 1, ulong.MaxValue];
        var value = edges[random.Next(edges.Length)];
        for (var i = 0; i < sizeof(ulong) && at + i < octets.Count; i++) octets[at + i] = (byte)(value >> (56 - (8 * i)));
    }

    private static byte[] Noise(Random random, int length)
    {
        var noise = new byte[length];
        random.NextBytes(noise);
        return noise;
    }
}

using System.Globalization;

namespace Fuzz;

/// <summary>Streams of octets that real peers sent, by the mechanism or transport that they speak: the beginning of mutations.</summary>
internal static class Corpus
{
    private static readonly IReadOnlyDictionary<string, byte[]> Streams = Read();

    /// <summary>The streams whose names begin so.</summary>
    public static byte[][] Of(string prefix) =>
        [.. Streams.Where(stream => stream.Key.StartsWith(prefix, StringComparison.Ordinal)).OrderBy(stream => stream.Key, StringComparer.Ordinal).Select(stream => stream.Value)];

    private static Dictionary<string, byte[]> Read()
    {
        var assembly = typeof(Corpus).Assembly;
        var streams = new Dictionary<string, byte[]>();
        foreach (var name in assembly.GetManifestResourceNames())
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            var octets = new List<byte>();
            while (reader.ReadLine() is { } line)
                if (!line.StartsWith('#'))
                    octets.AddRange(line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(octet => byte.Parse(octet, NumberStyles.HexNumber, CultureInfo.InvariantCulture)));
            streams.Add(name, [.. octets]);
        }
        return streams;
    }
}

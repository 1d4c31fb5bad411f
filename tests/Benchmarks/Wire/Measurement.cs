using System.Globalization;

namespace Benchmarks.Wire;

/// <summary>What a peer reports: how many messages in how many seconds, and what they allocated.</summary>
internal readonly record struct Measurement(long Messages, double Seconds, long AllocatedBytes)
{
    public const string Prefix = "result ";

    public double Rate => Messages / Seconds;

    public double BytesPerMessage => Messages == 0 ? 0 : (double)AllocatedBytes / Messages;

    public override string ToString()
    {
        return string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Messages} {Seconds:F9} {AllocatedBytes}");
    }

    public static Measurement Parse(string line)
    {
        var parts = line[Prefix.Length..].Split(' ');
        return new(
            long.Parse(parts[0], CultureInfo.InvariantCulture),
            double.Parse(parts[1], CultureInfo.InvariantCulture),
            long.Parse(parts[2], CultureInfo.InvariantCulture));
    }
}

using System.Globalization;

namespace Benchmarks.Wire;

/// <summary>What a peer reports: how many messages in how many seconds, and what they allocated.</summary>
/// <param name="Messages">Messages or round trips.</param>
/// <param name="Seconds">Since the warm-up.</param>
/// <param name="AllocatedBytes">Of the whole process; the one on libzmq does not know.</param>
/// <param name="Extra">The row's further figure, 0 where it has none.</param>
internal readonly record struct Measurement(long Messages, double Seconds, long AllocatedBytes, double Extra = 0)
{
    public const string Prefix = "result ";

    public double Rate => Messages / Seconds;

    public double BytesPerMessage => Messages == 0 ? 0 : (double)AllocatedBytes / Messages;

    public override string ToString()
    {
        return string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Messages} {Seconds:F9} {AllocatedBytes} {Extra:F3}");
    }

    public static Measurement Parse(string line)
    {
        var parts = line[Prefix.Length..].Split(' ');
        return new(
            long.Parse(parts[0], CultureInfo.InvariantCulture),
            double.Parse(parts[1], CultureInfo.InvariantCulture),
            long.Parse(parts[2], CultureInfo.InvariantCulture),
            double.Parse(parts[3], CultureInfo.InvariantCulture));
    }
}

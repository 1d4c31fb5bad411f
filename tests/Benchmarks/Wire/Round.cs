namespace Benchmarks.Wire;

/// <summary>One measurement of one row with one program at both ends.</summary>
internal static class Round
{
    /// <param name="Measured">What the measuring end saw.</param>
    /// <param name="Other">What the other end reports at its stop; the one on libzmq reports nothing.</param>
    internal readonly record struct Result(Measurement Measured, Measurement? Other);

    public static async Task<Result> Run(PeerProgram program, WireRow row, Timing timing, bool otherReports)
    {
        using var binding = program.StartBinding(row, timing);
        var endpoint = (await binding.ReadLine("endpoint ").ConfigureAwait(false))["endpoint ".Length..];
        using var connecting = program.StartConnecting(row, timing, endpoint);
        var (measuring, other) = row.Measurer == Measurer.Binding ? (binding, connecting) : (connecting, binding);

        var measured = Measurement.Parse(await measuring.ReadLine(Measurement.Prefix).ConfigureAwait(false));
        other.Stop();
        return otherReports
            ? new(measured, Measurement.Parse(await other.ReadLine(Measurement.Prefix).ConfigureAwait(false)))
            : new(measured, null);
    }
}

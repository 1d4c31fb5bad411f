namespace Benchmarks.Wire;

/// <summary>One measurement of one row.</summary>
internal static class Round
{
    /// <param name="Measured">What the measuring end saw.</param>
    /// <param name="Other">What the other end reports at its stop; null when there is none, or it reports nothing.</param>
    internal readonly record struct Result(Measurement Measured, Measurement? Other);

    /// <param name="row">What is measured.</param>
    /// <param name="binds">The program of the end that binds.</param>
    /// <param name="connects">The program of the end that connects.</param>
    /// <param name="timing">How long.</param>
    /// <param name="otherReports">The end that does not measure reports at its stop what it allocated.</param>
    public static async Task<Result> Run(WireRow row, PeerProgram binds, PeerProgram connects, Timing timing, bool otherReports)
    {
        using var binding = binds.StartBinding(row, timing);
        var endpoint = (await binding.ReadLine("endpoint ").ConfigureAwait(false))["endpoint ".Length..];
        using var connecting = row.Connects is null ? null : connects.StartConnecting(row, timing, endpoint);
        var (measuring, other) = row.Measurer == Measurer.Binding ? (binding, connecting) : (connecting!, binding);

        var measured = Measurement.Parse(await measuring.ReadLine(Measurement.Prefix).ConfigureAwait(false));
        other?.Stop();
        return otherReports && other is not null && !row.NeutralConnects
            ? new(measured, Measurement.Parse(await other.ReadLine(Measurement.Prefix).ConfigureAwait(false)))
            : new(measured, null);
    }
}

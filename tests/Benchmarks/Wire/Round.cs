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
        using var folder = new SocketFolder();
        using var binding = binds.StartBinding(row with { Endpoint = folder.Resolve(row.Endpoint) }, timing);
        var endpoint = (await binding.ReadLine("endpoint ").ConfigureAwait(false))["endpoint ".Length..];
        using var connecting = row.Connects is null ? null : connects.StartConnecting(row, timing, endpoint);
        var (measuring, other) = row.Measurer == Measurer.Binding ? (binding, connecting) : (connecting!, binding);

        var measured = Measurement.Parse(await measuring.ReadLine(Measurement.Prefix).ConfigureAwait(false));
        other?.Stop();
        return otherReports && other is not null && !row.NeutralConnects
            ? new(measured, Measurement.Parse(await other.ReadLine(Measurement.Prefix).ConfigureAwait(false)))
            : new(measured, null);
    }

    /// <summary>
    /// The place of an ipc socket whose path is not chosen. libzmq would make one in the current directory, and leave it there
    /// when its process is ended.
    /// </summary>
    private sealed class SocketFolder : IDisposable
    {
        private DirectoryInfo? _folder;

        public string Resolve(string endpoint)
        {
            if (endpoint != "ipc://*") return endpoint;
            _folder = Directory.CreateTempSubdirectory("benchmark-");
            return $"ipc://{Path.Combine(_folder.FullName, "socket")}";
        }

        public void Dispose() => _folder?.Delete(recursive: true);
    }
}

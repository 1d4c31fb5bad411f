using System.ComponentModel;
using System.Diagnostics;

namespace Benchmarks.Wire;

/// <summary>The ends that are written in C, in peer/, compiled on first use next to this program.</summary>
internal static class CPrograms
{
    private const string Needs = "The C ends of the benchmark need a C compiler (cc) and libzmq with its headers (on Debian: apt-get install gcc libzmq3-dev).";

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "peer");

    /// <summary>The end on libzmq.</summary>
    public static PeerProgram BuildLibzmqPeer() => Build("libzmq", "wire_peer", ["wire_peer.c", "peer.c", "pipeline.c", "request_reply.c", "broadcast.c", "grains.c"]);

    /// <summary>Many subscribers over plain TCP, the same for both publishers.</summary>
    public static PeerProgram BuildRawSubscribers() => Build("raw", "raw_subscribers", ["raw_subscribers.c"]);

    private static PeerProgram Build(string name, string file, string[] sources)
    {
        var program = Path.Combine(Folder, file);
        var newest = Directory.EnumerateFiles(Folder, "*.?").Max(File.GetLastWriteTimeUtc);
        if (!File.Exists(program) || File.GetLastWriteTimeUtc(program) < newest)
            Compile(program, sources);
        return new(name, program, []);
    }

    private static void Compile(string program, string[] sources)
    {
        var info = new ProcessStartInfo("cc") { RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])["-O2", "-o", program, .. sources.Select(source => Path.Combine(Folder, source)), "-lzmq", "-lpthread"])
            info.ArgumentList.Add(argument);
        try
        {
            using var compiler = Process.Start(info) ?? throw new InvalidOperationException("cc did not start.");
            var errors = compiler.StandardError.ReadToEnd();
            compiler.WaitForExit();
            if (compiler.ExitCode != 0)
                throw new InvalidOperationException($"{Needs} cc said:{Environment.NewLine}{errors}");
        }
        catch (Win32Exception)
        {
            throw new InvalidOperationException($"{Needs} There is no cc on the path.");
        }
    }
}

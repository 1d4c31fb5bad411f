using System.ComponentModel;
using System.Diagnostics;

namespace Benchmarks.Wire;

/// <summary>The end on libzmq: a small C program, compiled on first use next to this one.</summary>
internal static class LibzmqPeer
{
    private const string Needs = "The libzmq end of the benchmark needs a C compiler (cc) and libzmq with its headers (on Debian: apt-get install gcc libzmq3-dev).";

    public static PeerProgram Build()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "peer");
        var source = Path.Combine(folder, "wire_peer.c");
        var program = Path.Combine(folder, "wire_peer");
        if (!File.Exists(program) || File.GetLastWriteTimeUtc(program) < File.GetLastWriteTimeUtc(source))
            Compile(source, program);
        return new("libzmq", program, []);
    }

    private static void Compile(string source, string program)
    {
        var info = new ProcessStartInfo("cc") { RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in new[] { "-O2", "-o", program, source, "-lzmq", "-lpthread" })
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

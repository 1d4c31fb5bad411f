using System.Collections.Concurrent;
using System.Diagnostics;
using Xunit.Abstractions;

namespace Interop.Tests.Peers;

/// <summary>A program of scripts/ in C on plain libzmq, compiled when it is first needed.</summary>
public sealed class CPeer : PeerProcess
{
    // Compiled once, also when two tests need it at the same moment: a program that runs cannot be written.
    private static readonly ConcurrentDictionary<string, Lazy<(string? Program, string? Missing)>> s_compiled = new();

    private CPeer(string name, ITestOutputHelper log, ProcessStartInfo start)
        : base(name, log, start)
    {
    }

    /// <summary>Starts scripts/<paramref name="script"/>.c; skips the test where no compiler or no libzmq is.</summary>
    public static CPeer Start(ITestOutputHelper log, string script, params string[] arguments)
    {
        var (program, missing) = s_compiled.GetOrAdd(script, static name => new(() => Compile(name))).Value;
        Skip.If(program is null, missing);
        return new CPeer($"{script}.c", log, new ProcessStartInfo(program!, arguments));
    }

    private static (string? Program, string? Missing) Compile(string script)
    {
        var source = Path.Combine(AppContext.BaseDirectory, "scripts", $"{script}.c");
        var program = Path.Combine(AppContext.BaseDirectory, "scripts", $"{script}.out");
        try
        {
            using var compiler = Process.Start(new ProcessStartInfo("cc", ["-O2", "-Wall", "-Werror", "-o", program, source, "-lzmq"]) { RedirectStandardError = true })!;
            var said = compiler.StandardError.ReadToEnd();
            compiler.WaitForExit();
            if (compiler.ExitCode == 0) return (program, null);
            if (said.Contains("zmq.h", StringComparison.Ordinal)) return (null, $"libzmq3-dev is not installed: {said}");
            throw new InvalidOperationException($"{source} does not compile: {said}");
        }
        catch (System.ComponentModel.Win32Exception fault)
        {
            return (null, $"There is no C compiler: {fault.Message}");
        }
    }
}

using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Host.Tests.Running;

/// <summary>A host in a process of its own, with an environment of its own.</summary>
internal sealed class StartedHost : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task<string> _errors;

    /// <param name="file">The file that it runs.</param>
    /// <param name="variables">Added to the environment.</param>
    /// <param name="options">Stand behind the file on the command line.</param>
    public StartedHost(string file, IReadOnlyDictionary<string, string>? variables = null, params string[] options)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Actors.Host.dll"), file, .. options]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var inherited in start.Environment.Keys.Where(name => name.StartsWith("OTEL_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(inherited);
        foreach (var (name, value) in variables ?? new Dictionary<string, string>()) start.Environment[name] = value;
        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Runs a host that ends by itself.</summary>
    /// <returns>The exit code, standard output, and standard error without its empty lines.</returns>
    public static async Task<(int Code, string Output, string Errors)> Run(string file, params string[] options)
    {
        using var host = new StartedHost(file, options: options);
        var output = host.Output.ReadToEndAsync();
        var (code, errors) = await host.End(stop: false);
        return (code, await output, string.Join('\n', errors));
    }

    public StreamReader Output => _process.StandardOutput;

    /// <summary>The files that the process has mapped: the assemblies that it has loaded.</summary>
    public string Maps => File.ReadAllText($"/proc/{_process.Id}/maps");

    /// <summary>Stops it as an operator does, or waits for its own end.</summary>
    /// <returns>The exit code and the lines of standard error.</returns>
    public async Task<(int Code, string[] Errors)> End(bool stop)
    {
        if (stop && kill(_process.Id, 15) != 0) throw new InvalidOperationException("the host has ended before it was stopped");
        await _process.WaitForExitAsync().WaitAsync(s_patience);
        return (_process.ExitCode, (await _errors).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    [DllImport("libc")]
    private static extern int kill(int process, int signal);
}

using Actors.Host;
using Actors.Host.Commands;

namespace Host.Tests.Running;

/// <summary>A command of the host, run in this process, and what it left.</summary>
/// <param name="Code">The exit code.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Errors">What it said on standard error, a line each.</param>
internal sealed record HostCommand(int Code, string Output, IReadOnlyList<string> Errors)
{
    /// <summary>Runs a command; a host that starts is stopped at once.</summary>
    public static Task<HostCommand> Run(params string[] arguments) => Run(arguments, new CancellationToken(canceled: true));

    /// <summary>Runs a command that ends by itself.</summary>
    public static Task<HostCommand> RunUntilEnd(params string[] arguments) => Run(arguments, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));

    /// <summary>Runs a command that ends by itself, with variables of the environment and a standard input.</summary>
    public static Task<HostCommand> RunWith(IReadOnlyDictionary<string, string> environment, string input, params string[] arguments) =>
        Run(arguments, CancellationToken.None, environment, input).WaitAsync(TimeSpan.FromSeconds(60));

    private static async Task<HostCommand> Run(string[] arguments, CancellationToken stop, IReadOnlyDictionary<string, string>? environment = null, string input = "")
    {
        var startsHost = arguments is ["run", ..] && !arguments.Contains("--help");
        Assert.True(!startsHost || HostsInThisProcess.Running.IsNow, $"a test that starts a host in this process needs [Collection({nameof(HostsInThisProcess)}.{nameof(HostsInThisProcess.Name)})]");
        var output = new StringWriter();
        var errors = new StringWriter();
        var code = await CommandLine.Invoke(arguments, new ToolInvocation
        {
            Output = output,
            Error = TextWriter.Synchronized(errors),
            Environment = name => environment?.GetValueOrDefault(name),
            Input = () => new MemoryStream(System.Text.Encoding.UTF8.GetBytes(input)),
        }, stop);
        return new HostCommand(code, output.ToString(), errors.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Checks a file, starts it, and asserts that both say the same.</summary>
    public static async Task<HostCommand> CheckAndStart(params string[] arguments)
    {
        var check = await Run(["check", .. arguments]);
        var start = await Run(["run", .. arguments]);
        Assert.True(check.Code == start.Code, $"check ended with {check.Code}, the start with {start.Code}: {string.Join(Environment.NewLine, start.Errors)}");
        if (check.Code == 2) Assert.Equal(check.Errors, start.Errors);
        Assert.DoesNotContain(check.Errors.Concat(start.Errors), line => line.StartsWith("   at ", StringComparison.Ordinal) || line.Contains("Exception:", StringComparison.Ordinal));
        return check;
    }
}

using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;

namespace Actors.Host.Commands;

/// <summary>Prints the version of the tool, whatever program it runs in.</summary>
internal sealed class ToolVersion : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public static string Text => typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine(Text);
        return ExitCode.Success;
    }
}

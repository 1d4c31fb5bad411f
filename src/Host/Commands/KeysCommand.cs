using System.CommandLine;
using Actors.Host.Grains;
using Actors.Hosting.Configuration;

namespace Actors.Host.Commands;

/// <summary><c>keys</c>: prints docs/configuration.md.</summary>
internal static class KeysCommand
{
    public static Command Create()
    {
        var keys = new ToolCommand("keys", "Prints the reference of all configuration keys, in Markdown.", ["actors keys > configuration.md"], hasJson: false);
        keys.SetAction(line => line.InvocationConfiguration.Output.Write(KeyReference.Render(new GrainsPart())));
        return keys;
    }
}

using System.CommandLine;
using Actors.Host.Grains;
using Actors.Hosting.Configuration;

namespace Actors.Host.Commands;

/// <summary><c>keys</c>: prints docs/configuration.md.</summary>
internal static class KeysCommand
{
    public static Command Create()
    {
        var keys = new ToolCommand("keys", "Prints the reference of all configuration keys, in Markdown.", ["actors keys > configuration.md", "actors keys --output json | jq '.sections[].name'"]);
        keys.Does(context =>
        {
            var part = new GrainsPart();
            if (context.Output.IsJson) context.Output.WriteJson(KeyList.Of(part), ToolJson.Default.KeyList);
            else context.Output.Writer.Write(KeyReference.Render(part));
            return ExitCode.Success;
        });
        return keys;
    }
}

/// <summary>What <c>keys --output json</c> prints.</summary>
/// <param name="Sections">In the order of the page.</param>
internal sealed record KeyList(IReadOnlyList<KeySection> Sections)
{
    public static KeyList Of(ConfigurationPart part) => new([.. KeyReference.Tables(part).Select(table => new KeySection(
        table.Heading,
        table.Text.Trim() is { Length: > 0 } text ? text : null,
        [.. table.Keys.Select(key => new KeyEntry(key.Name, key.Type.Expected, key.IsRequired, key.IsRequired ? null : key.Default, key.Type.Choices, key.Description))]))]);
}

/// <summary>The keys of a section of the file.</summary>
/// <param name="Name">As the page has it in its heading.</param>
/// <param name="Text">What holds for the section as a whole, in Markdown; null for nothing.</param>
/// <param name="Keys">In the order of the page.</param>
internal sealed record KeySection(string Name, string? Text, IReadOnlyList<KeyEntry> Keys);

/// <summary>A key.</summary>
/// <param name="Name">Below its section.</param>
/// <param name="Type">What a value must be, with its unit, for people.</param>
/// <param name="Required">Whether it has to be there.</param>
/// <param name="Default">As it would stand in a file; null where the key may be absent.</param>
/// <param name="Choices">The words that it is one of; null for a type that has more values.</param>
/// <param name="Description">What it means, and its range where it has one, in Markdown.</param>
internal sealed record KeyEntry(string Name, string Type, bool Required, string? Default, IReadOnlyList<string>? Choices, string Description);

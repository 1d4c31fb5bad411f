using Actors.Host.Commands;
using Actors.Hosting.Configuration;
using Actors.Transport;

namespace Actors.Host.Contexts;

/// <summary>The folder with a file a context, each of mode 0600.</summary>
internal sealed class ContextStore(string folder)
{
    /// <summary>The variable that names another folder.</summary>
    public const string FolderVariable = "ACTORS_CONTEXTS";

    private const string Extension = ".conf";

    /// <summary>The folder that the environment names, or <c>actors/contexts</c> in the user's folder of settings (<c>~/.config</c>).</summary>
    public static ContextStore Of(Func<string, string?> environment) =>
        new(environment(FolderVariable) is { Length: > 0 } named ? named : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "actors", "contexts"));

    /// <summary>The names of all contexts, in order.</summary>
    public IReadOnlyList<string> Names() => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, $"*{Extension}").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>The file of a context.</summary>
    /// <exception cref="ToolException">The name cannot be one.</exception>
    public string FileOf(string name)
    {
        if (name.Length == 0 || name[0] is '.' or '-' || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-' or '_')))
            throw ToolException.Usage($"\"{name}\" is no name of a context: expected letters, digits, \".\", \"-\" and \"_\", with a letter or digit first");
        return Path.Combine(folder, name + Extension);
    }

    /// <exception cref="ToolException">There is no such context, others may read it, or it has a mistake.</exception>
    public SavedContext Read(string name)
    {
        var file = FileOf(name);
        if (!File.Exists(file)) throw ToolException.Usage($"there is no context \"{name}\"{Nearest.Hint(name, Names())}: expected a name that actors context list shows");
        if (SecretFile.Doubt(file) is { } doubt) throw ToolException.Usage($"the context \"{name}\" {doubt}");
        return ContextFile.Read(file, OrFault(file, () => File.ReadAllText(file)));
    }

    /// <exception cref="ToolException">It is there and is not to be overwritten, or it cannot be written.</exception>
    public void Write(string name, SavedContext context, bool overwrite)
    {
        var file = FileOf(name);
        if (!overwrite && File.Exists(file)) throw new ToolException($"the context \"{name}\" is there already: expected a new name, or --force to write over it");
        OrFault(file, () =>
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
            else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            SecretFile.Write(file, ContextFile.Write(context), overwrite);
            return true;
        });
    }

    /// <exception cref="ToolException">There is no such context, or its file cannot be removed.</exception>
    public void Remove(string name)
    {
        var file = FileOf(name);
        if (!File.Exists(file)) throw ToolException.Usage($"there is no context \"{name}\"{Nearest.Hint(name, Names())}: expected a name that actors context list shows");
        OrFault(file, () =>
        {
            File.Delete(file);
            return true;
        });
    }

    private static T OrFault<T>(string file, Func<T> use)
    {
        try
        {
            return use();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"{file} cannot be used: {fault.Message}");
        }
    }
}

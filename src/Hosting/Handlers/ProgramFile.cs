namespace Actors.Hosting.Handlers;

/// <summary>Looks for the program of a command as the system does when it starts one.</summary>
internal static class ProgramFile
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>What is wrong with a command and what was expected, or null when its program is there.</summary>
    /// <param name="command">The program and its arguments; not empty.</param>
    public static string? Fault(IReadOnlyList<string> command)
    {
        if (command[0].Length == 0) return "is empty: expected a program and its arguments";
        if (command.Any(word => word.Contains('\0', StringComparison.Ordinal))) return "has a NUL character, which no program can be told";
        var program = command[0];
        var hasFolder = program.AsSpan().IndexOfAny(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar) >= 0;
        var folders = hasFolder ? [Environment.CurrentDirectory] : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var found = folders.SelectMany(folder => NamesOf(program), (folder, name) => Path.Combine(folder, name)).Where(File.Exists).ToList();
        if (found.Count == 0)
        {
            var hint = command.Count == 1 && program.Contains(' ', StringComparison.Ordinal) ? $"; a program with arguments is a list: [{string.Join(", ", program.Split(' ').Select(word => $"\"{word}\""))}]" : "";
            return $"has the program \"{program}\", which does not exist: expected a program {(hasFolder ? "at that path" : "in a folder of PATH, or the path of one")}{hint}";
        }
        return found.Exists(IsExecutable) ? null : $"has the program \"{found[0]}\", which is no file that can be executed";
    }

    private static bool IsExecutable(string file) => OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & Executable) != 0;

    private static IEnumerable<string> NamesOf(string program) =>
        OperatingSystem.IsWindows() ? [program, .. (Environment.GetEnvironmentVariable("PATHEXT") ?? ".EXE").Split(';').Select(extension => program + extension)] : [program];
}

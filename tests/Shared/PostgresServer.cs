using System.Diagnostics;
using System.Globalization;

namespace Actors.Shared;

/// <summary>A PostgreSQL server of a test, in a temporary folder, reached by a Unix socket there. It does not sync, and survives a kill, but no loss of power.</summary>
/// <remarks>Needs Debian's package <c>postgresql</c>. The server refuses to run as root: then it runs as the user postgres, or nobody.</remarks>
internal sealed class PostgresServer : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("pg").FullName;
    private bool _runs;

    private PostgresServer()
    {
    }

    /// <summary>Why no server can be started here; null when one can.</summary>
    public static string? Missing { get; } = FindPrograms() is null ? "PostgreSQL's server is not installed: expected /usr/lib/postgresql/*/bin/initdb" : null;

    /// <summary>For Npgsql, as the server's superuser.</summary>
    public string ConnectionString => $"Host={_folder};Port=5432;Database=postgres;Username=postgres";

    /// <summary>What the server has logged so far.</summary>
    public string Log => File.Exists(LogFile) ? File.ReadAllText(LogFile) : "";

    private static string? User { get; } = Environment.UserName != "root" ? null
        : File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";

    private string Data => Path.Combine(_folder, "data");

    private string LogFile => Path.Combine(_folder, "log");

    private string PidFile => Path.Combine(Data, "postmaster.pid");

    /// <summary>Makes a database and starts its server.</summary>
    /// <param name="settings">Lines for postgresql.conf.</param>
    public static PostgresServer Start(params string[] settings)
    {
        var server = new PostgresServer();
        try
        {
            server.Create(settings);
            server.StartAgain();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Starts the server after a <see cref="Stop"/> or <see cref="Kill"/>, and waits until it serves.</summary>
    public void StartAgain()
    {
        Control("start", "-w", "-l", LogFile);
        _runs = true;
    }

    /// <summary>Stops the server in order: connections are ended by it, and their transactions undone.</summary>
    public void Stop()
    {
        Control("stop", "-w", "-m", "fast");
        _runs = false;
    }

    /// <summary>Stops the server in order and starts it again.</summary>
    public void Restart()
    {
        Stop();
        StartAgain();
    }

    /// <summary>Kills the server and the processes of its connections (SIGKILL), as a crash of its machine would.</summary>
    public void Kill()
    {
        var postmaster = int.Parse(File.ReadLines(PidFile).First(), CultureInfo.InvariantCulture);
        // Stopped first, so that it starts no more processes while they are listed.
        Signal("STOP", [postmaster]);
        int[] processes = [postmaster, .. Children(postmaster)];
        Signal("KILL", processes);
        foreach (var process in processes)
            if (!SpinWait.SpinUntil(() => StateOf(process) is null or 'Z', Limit)) throw new TimeoutException($"process {process} of the server is still there after SIGKILL");
        // Where nobody reaps it, a killed process keeps its id, and the files that name it would hold the next start up.
        File.Delete(PidFile);
        File.Delete(Path.Combine(_folder, ".s.PGSQL.5432.lock"));
        _runs = false;
    }

    public void Dispose()
    {
        if (_runs) Control("stop", "-w", "-m", "immediate");
        Directory.Delete(_folder, recursive: true);
    }

    private void Create(string[] settings)
    {
        if (User is { } user) Run("chown", user, _folder);
        RunAsUser("initdb", "-D", Data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync");
        File.AppendAllLines(
            Path.Combine(Data, "postgresql.conf"),
            [
                "listen_addresses = ''", "port = 5432", $"unix_socket_directories = '{_folder}'", "fsync = off", "full_page_writes = off", "max_connections = 200",
                "shared_buffers = 64MB", "autovacuum_naptime = 1h", .. settings,
            ]);
    }

    private void Control(params string[] arguments) =>
        RunAsUser("pg_ctl", ["-D", Data, "-s", "-t", Limit.TotalSeconds.ToString(CultureInfo.InvariantCulture), .. arguments]);

    private static void RunAsUser(string program, params string[] arguments)
    {
        var path = Path.Combine(FindPrograms() ?? throw new InvalidOperationException(Missing), program);
        if (User is { } user) Run("runuser", ["-u", user, "--", path, .. arguments]);
        else Run(path, arguments);
    }

    private static void Run(string program, params string[] arguments)
    {
        // A folder that every user can enter: the tests' own may be closed to the server's.
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = "/" };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit)) throw new TimeoutException($"{program} {string.Join(' ', arguments)} takes longer than {Limit}");
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {errors.Result}{output.Result}");
    }

    private static void Signal(string signal, int[] processes) => Run("kill", [$"-{signal}", .. processes.Select(process => process.ToString(CultureInfo.InvariantCulture))]);

    private static IEnumerable<int> Children(int parent) => Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var process) ? process : 0)
        .Where(process => process > 0 && FieldsOf(process) is { } fields && fields[1] == parent.ToString(CultureInfo.InvariantCulture));

    private static char? StateOf(int process) => FieldsOf(process) is { } fields ? fields[0][0] : null;

    /// <summary>What /proc says behind the name of a process: its state, its parent, and more. Null when it is gone.</summary>
    private static string[]? FieldsOf(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string? FindPrograms() => !Directory.Exists("/usr/lib/postgresql") ? null : Directory.EnumerateDirectories("/usr/lib/postgresql")
        .Select(folder => Path.Combine(folder, "bin"))
        .Where(folder => File.Exists(Path.Combine(folder, "initdb")))
        .OrderByDescending(folder => int.TryParse(Path.GetFileName(Path.GetDirectoryName(folder)), CultureInfo.InvariantCulture, out var version) ? version : 0)
        .FirstOrDefault();
}

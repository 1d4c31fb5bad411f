using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Actors.Host.Control;

/// <summary>The directories in which the control sockets of one user's hosts are: one socket for each host, <c>PID.sock</c>.</summary>
internal static partial class ControlFolder
{
    private const string Extension = ".sock";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Where a host makes its socket.</summary>
    /// <param name="configured">As its file has it; null for the usual place.</param>
    public static string ForHost(string? configured) => configured is not null ? Path.GetFullPath(configured) : Usual()[0];

    /// <summary>Where a client looks. A host that was started outside of the user's session, as by cron, has no runtime directory.</summary>
    /// <param name="configured">The directory that the user named; null for all usual places.</param>
    public static IReadOnlyList<string> ForClient(string? configured) => configured is not null ? [Path.GetFullPath(configured)] : Usual();

    /// <summary>The socket of a host.</summary>
    public static string SocketOf(string folder, int processId) => Path.Combine(folder, processId.ToString(CultureInfo.InvariantCulture) + Extension);

    /// <summary>The process that a socket belongs to, from its name; null for any other file.</summary>
    public static int? ProcessOf(string socket) =>
        socket.EndsWith(Extension, StringComparison.Ordinal) && int.TryParse(Path.GetFileName(socket.AsSpan())[..^Extension.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>Makes the directory where it is missing.</summary>
    /// <exception cref="IOException">Others than this user may enter it, or it is not this user's, or it cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be made.</exception>
    public static void Make(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }
        // One that is there keeps its mode, so it is looked at in any case.
        Directory.CreateDirectory(folder, OwnerOnly);
        if (Fault(folder) is { } fault) throw new IOException($"{folder} {fault}");
    }

    /// <summary>Why sockets in the directory cannot be trusted; null when they can.</summary>
    public static string? Fault(string folder)
    {
        if (OperatingSystem.IsWindows()) return null;
        if (new DirectoryInfo(folder).LinkTarget is not null) return "is a link: expected a directory";
        if (File.GetUnixFileMode(folder) is var mode && (mode & ~OwnerOnly) != 0)
            return $"has the mode {Convert.ToString((int)mode, 8).PadLeft(4, '0')}: expected 0700, so that only this user can enter it";
        return OperatingSystem.IsLinux() && OwnerOf(folder) is { } owner && owner != geteuid() ? $"belongs to the user {owner}: expected {geteuid()}, who runs this" : null;
    }

    /// <summary>The sockets of hosts that live, or may live. What a host that was killed has left is removed.</summary>
    public static IReadOnlyList<string> Sockets(string folder)
    {
        if (!Directory.Exists(folder) || Fault(folder) is not null) return [];
        var found = new List<string>();
        foreach (var socket in Directory.GetFiles(folder, "*" + Extension).Where(file => ProcessOf(file) is not null).OrderBy(file => ProcessOf(file)))
        {
            if (IsStale(socket)) Remove(socket);
            else found.Add(socket);
        }
        return found;
    }

    /// <summary>Removes what hosts have left that were killed.</summary>
    public static void Clean(string folder) => _ = Sockets(folder);

    /// <summary>Whether somebody listens at the socket.</summary>
    public static bool IsAnswered(string socket)
    {
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            // Connects at once or not at all: a listener whose queue is full is one as well.
            probe.Blocking = false;
            probe.Connect(new UnixDomainSocketEndPoint(socket));
            return true;
        }
        catch (SocketException refused)
        {
            return refused.SocketErrorCode is not (SocketError.ConnectionRefused or SocketError.AddressNotAvailable or SocketError.NotSocket or SocketError.AddressFamilyNotSupported);
        }
    }

    /// <summary>Nobody listens, and the process is gone: one that starts has made its socket a moment before it listens.</summary>
    private static bool IsStale(string socket)
    {
        if (IsAnswered(socket)) return false;
        if (!ProcessStart.Of(ProcessOf(socket)!.Value, out var started)) return true;
        // Another process has been given the number since.
        return started is { } time && time > File.GetLastWriteTimeUtc(socket).AddSeconds(1);
    }

    private static void Remove(string socket)
    {
        try
        {
            File.Delete(socket);
        }
        catch (Exception kept) when (kept is IOException or UnauthorizedAccessException)
        {
            // The next one to look removes it.
        }
    }

    private static IReadOnlyList<string> Usual()
    {
        if (OperatingSystem.IsWindows()) return [Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "actors", "control")];
        if (!OperatingSystem.IsLinux()) return [Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".actors", "control")];
        var everywhere = string.Create(CultureInfo.InvariantCulture, $"/tmp/actors-{geteuid()}");
        return Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } runtime && Directory.Exists(runtime) ? [Path.Combine(runtime, "actors"), everywhere] : [everywhere];
    }

    /// <summary>From statx(2), whose layout is the same on all processors; null where the system does not tell.</summary>
    private static unsafe uint? OwnerOf(string folder)
    {
        const int CurrentFolder = -100;
        const int NoFollow = 0x100;
        const uint OwnerMask = 0x8;
        const int OwnerAt = 20;
        var answer = stackalloc byte[256];
        return statx(CurrentFolder, folder, NoFollow, OwnerMask, answer) == 0 ? *(uint*)(answer + OwnerAt) : null;
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int statx(int folder, string path, int flags, uint mask, byte* answer);

    [LibraryImport("libc")]
    private static partial uint geteuid();
}

using System.Runtime.InteropServices;
using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Transports;

/// <summary>
/// The file of a bound ipc endpoint. As zmq_ipc(7) has it, a socket that is bound later takes the path over; the file is
/// removed only by whom it belongs to.
/// </summary>
internal sealed partial class IpcFile
{
    private readonly string _path;
    private readonly (ulong Device, ulong Number)? _identity;
    private readonly string? _folder;

    /// <param name="path">The path, as it was bound just now.</param>
    /// <param name="folder">A folder that was made for it, and goes with it.</param>
    public IpcFile(string path, string? folder)
    {
        // A later change of the working directory does not lead to another file.
        _path = Path.GetFullPath(path);
        _folder = folder;
        _identity = Look(_path) is { } found ? (found.Device, found.Number) : null;
    }

    /// <summary>Removes the socket that a bound endpoint has left at a path, or still has there.</summary>
    /// <exception cref="ZmqException">There is something else at the path, or no folder for it.</exception>
    public static void MakeWay(EndpointAddress endpoint)
    {
        string path = endpoint.Host;
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder && !Directory.Exists(folder))
        {
            throw new EndpointNotFoundException($"Bind to \"{endpoint}\": there is no folder \"{folder}\".");
        }

        if (Directory.Exists(path))
        {
            throw new AddressAlreadyInUseException($"Bind to \"{endpoint}\": there is a folder of this name; expected a path that is free, or that of a socket.");
        }

        if (!File.Exists(path))
        {
            return;
        }

        if (!IsSocket(path))
        {
            throw new AddressAlreadyInUseException($"Bind to \"{endpoint}\": there is a file of this name that is no socket; expected a path that is free, or that of a socket.");
        }

        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ZmqException(ErrorCode.AccessDenied, $"Bind to \"{endpoint}\": the socket that is there cannot be removed: {e.Message}", e);
        }
    }

    /// <summary>Removes the file, unless another socket has taken the path over.</summary>
    public void Remove()
    {
        bool ours = _identity is null ? File.Exists(_path) : Look(_path) is { } found && (found.Device, found.Number) == _identity;
        if (ours)
        {
            File.Delete(_path);
        }

        if (_folder is not null && Directory.Exists(_folder))
        {
            Directory.Delete(_folder);
        }
    }

    private static bool IsSocket(string path)
    {
        const int TypeMask = 0xF000;
        const int SocketType = 0xC000;
        // Without a look at the type, what has content is surely none.
        return Look(path) is { } found ? (found.Mode & TypeMask) == SocketType : new FileInfo(path).Length == 0;
    }

    /// <summary>The answer of statx(2) on Linux, the only system where its layout is the same on all processors; null elsewhere.</summary>
    private static unsafe (int Mode, ulong Device, ulong Number)? Look(string path)
    {
        const int CurrentFolder = -100;
        const int NoFollow = 0x100;
        const uint TypeAndNumber = 0x0101;
        const int ModeAt = 28;
        const int NumberAt = 32;
        const int DeviceAt = 136;
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        byte* answer = stackalloc byte[256];
        return statx(CurrentFolder, path, NoFollow, TypeAndNumber, answer) == 0
            ? (*(ushort*)(answer + ModeAt), *(ulong*)(answer + DeviceAt), *(ulong*)(answer + NumberAt))
            : null;
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int statx(int folder, string path, int flags, uint mask, byte* answer);
}

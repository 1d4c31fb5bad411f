using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Actors.Transport;

/// <summary>
/// Lets the connections of closed sockets end as TCP connections do: what they have been given is delivered first. NetMQ resets
/// them (SO_LINGER with a time of 0), and the system then throws away all that a slow peer has not read, which may be everything.
/// </summary>
/// <remarks>
/// A second descriptor of each connection keeps it open until NetMQ has closed its own, and is then closed without that option. On
/// Linux only, where the descriptors of a process can be found by the ends of their connections. Safe to use from any thread.
/// </remarks>
internal static partial class NetMqConnectionEnds
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    // Behind the linger time, for a machine that is slow.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private static readonly Lock s_lock = new();
    private static readonly List<Kept> s_kept = [];
    private static readonly Timer s_timer = new(static _ => ReleaseClosed());

    /// <summary>Keeps the connections for so long at most; to be called before NetMQ closes the socket that they belong to.</summary>
    public static void Keep(IEnumerable<(IPEndPoint Local, IPEndPoint Remote)> connections, TimeSpan linger)
    {
        if (!OperatingSystem.IsLinux()) return;
        var wanted = connections.Select(ends => $"{Hex(ends.Local)} {Hex(ends.Remote)}").ToHashSet();
        if (wanted.Count == 0) return;
        try
        {
            Keep(wanted, linger);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or SocketException)
        {
            // Without /proc, or a free descriptor, the connections end as NetMQ ends them, and the socket closes all the same.
        }
    }

    private static void Keep(HashSet<string> wanted, TimeSpan linger)
    {
        var until = Environment.TickCount64 + (long)(linger < TimeSpan.Zero ? Grace : linger + Grace).TotalMilliseconds;
        var kept = DescriptorsOf(wanted).Select(Duplicate).Where(descriptor => descriptor >= 0)
            .Select(descriptor => new Kept(new Socket(new SafeSocketHandle(descriptor, ownsHandle: true)), until)).ToList();
        lock (s_lock)
        {
            s_kept.AddRange(kept);
            if (s_kept.Count > 0) s_timer.Change(Look, Look);
        }
    }

    /// <summary>Lets all of them end, because NetMQ has closed all its sockets.</summary>
    public static void ReleaseAll()
    {
        lock (s_lock) ReleaseWhere(static _ => true);
    }

    private static void ReleaseClosed()
    {
        lock (s_lock) ReleaseWhere(static kept => kept.IsClosedByNetMq() || kept.Until <= Environment.TickCount64);
    }

    private static void ReleaseWhere(Func<Kept, bool> isOver)
    {
        for (var i = s_kept.Count - 1; i >= 0; i--)
        {
            if (!isOver(s_kept[i])) continue;
            s_kept[i].Release();
            s_kept.RemoveAt(i);
        }
        if (s_kept.Count == 0) s_timer.Change(Timeout.Infinite, Timeout.Infinite);
    }

    private static IEnumerable<int> DescriptorsOf(HashSet<string> connections)
    {
        var inodes = new[] { "/proc/self/net/tcp", "/proc/self/net/tcp6" }.Where(File.Exists).SelectMany(File.ReadLines)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(columns => columns.Length > 9 && connections.Contains($"{columns[1]} {columns[2]}"))
            .Select(columns => $"socket:[{columns[9]}]").ToHashSet();
        foreach (var descriptor in Directory.EnumerateFiles("/proc/self/fd"))
        {
            // Descriptors come and go meanwhile.
            if (inodes.Count > 0 && LinkOf(descriptor) is { } target && inodes.Contains(target) && int.TryParse(Path.GetFileName(descriptor), CultureInfo.InvariantCulture, out var number)) yield return number;
        }
    }

    private static string? LinkOf(string descriptor)
    {
        try
        {
            return new FileInfo(descriptor).LinkTarget;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>An end of a connection as /proc/net/tcp writes it: the address in words of the machine's byte order.</summary>
    private static string Hex(IPEndPoint end)
    {
        var address = end.Address.GetAddressBytes();
        var words = Enumerable.Range(0, address.Length / sizeof(uint)).Select(word => BinaryPrimitives.ReadUInt32LittleEndian(address.AsSpan(word * sizeof(uint))));
        if (!BitConverter.IsLittleEndian) words = words.Select(BinaryPrimitives.ReverseEndianness);
        return $"{string.Concat(words.Select(word => word.ToString("X8", CultureInfo.InvariantCulture)))}:{end.Port:X4}";
    }

    [LibraryImport("libc", EntryPoint = "dup", SetLastError = true)]
    private static partial int Duplicate(int descriptor);

    /// <summary>A connection, and when it is let go at the latest.</summary>
    private sealed class Kept(Socket socket, long until)
    {
        private bool _isReset;

        public long Until => until;

        /// <summary>NetMQ sets the option in the moment in which it closes, so the second look that sees it comes behind.</summary>
        public bool IsClosedByNetMq()
        {
            try
            {
                if (_isReset) return true;
                _isReset = socket.LingerState is { Enabled: true, LingerTime: 0 };
                return false;
            }
            catch (SocketException)
            {
                return true;
            }
        }

        public void Release()
        {
            try
            {
                socket.LingerState = new LingerOption(false, 0);
            }
            catch (SocketException)
            {
                // The connection has ended.
            }
            socket.Dispose();
        }
    }
}

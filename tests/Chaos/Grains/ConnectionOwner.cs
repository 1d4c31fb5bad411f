using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Chaos.Grains;

/// <summary>Finds the process at the other end of a connection within this machine, in /proc.</summary>
internal static class ConnectionOwner
{
    private const int LocalColumn = 1;
    private const int RemoteColumn = 2;
    private const int InodeColumn = 9;

    /// <summary>Which of the processes has the other end of an accepted connection; null when none of them has.</summary>
    public static int? Of(Socket accepted, IEnumerable<int> processes)
    {
        var there = Hex((IPEndPoint)accepted.RemoteEndPoint!);
        var here = Hex((IPEndPoint)accepted.LocalEndPoint!);
        if (Inode(there, here) is not { } inode) return null;
        var link = $"socket:[{inode}]";
        foreach (var process in processes)
            if (Has(process, link)) return process;
        return null;
    }

    private static string? Inode(string local, string remote) => File.ReadLines("/proc/net/tcp")
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .FirstOrDefault(line => line[LocalColumn] == local && line[RemoteColumn] == remote)?[InodeColumn];

    private static bool Has(int process, string link)
    {
        try
        {
            return new DirectoryInfo($"/proc/{process}/fd").EnumerateFiles().Any(file => file.LinkTarget == link);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // As /proc writes it: the octets of the address as a number of this machine, and the port.
    private static string Hex(IPEndPoint end) => string.Create(CultureInfo.InvariantCulture, $"{BitConverter.ToUInt32(end.Address.MapToIPv4().GetAddressBytes()):X8}:{end.Port:X4}");
}

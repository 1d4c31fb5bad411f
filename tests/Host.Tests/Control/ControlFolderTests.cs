using System.Net.Sockets;
using System.Runtime.Versioning;
using Actors.Host.Control;

namespace Host.Tests.Control;

[UnsupportedOSPlatform("windows")]
public sealed class ControlFolderTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // No process has this number: it is above the highest that Linux gives.
    private const int NoProcess = 4_194_305;

    private readonly string _folder = Directory.CreateTempSubdirectory("control").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void LeaveSocket(string path)
    {
        // As kill -9 leaves it: bound, and nobody listens. What .NET removes at the end is the name that was bound.
        using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            socket.Bind(new UnixDomainSocketEndPoint($"{path}.bound"));
            File.Move($"{path}.bound", path);
        }
    }

    [Fact]
    public void A_directory_is_made_for_this_user_alone()
    {
        var made = Path.Combine(_folder, "made");

        ControlFolder.Make(made);

        Assert.Equal(OwnerOnly, File.GetUnixFileMode(made));
    }

    [Fact]
    public void A_directory_that_others_may_enter_is_refused()
    {
        File.SetUnixFileMode(_folder, OwnerOnly | UnixFileMode.GroupExecute);

        Assert.EndsWith("has the mode 0710: expected 0700, so that only this user can enter it", Assert.Throws<IOException>(() => ControlFolder.Make(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_to_a_directory_is_refused()
    {
        var link = Path.Combine(_folder, "link");
        Directory.CreateSymbolicLink(link, Directory.CreateDirectory(Path.Combine(_folder, "target"), OwnerOnly).FullName);

        Assert.Contains("is a link", Assert.Throws<IOException>(() => ControlFolder.Make(link)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_of_somebody_else_is_refused()
    {
        // Only who is root can give a directory away.
        if (Environment.UserName != "root" || !OperatingSystem.IsLinux()) return;
        using (var chown = System.Diagnostics.Process.Start("chown", ["65534", _folder])) chown.WaitForExit();

        Assert.EndsWith("belongs to the user 65534: expected 0, who runs this", Assert.Throws<IOException>(() => ControlFolder.Make(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_socket_of_a_process_that_is_gone_is_removed()
    {
        var stale = ControlFolder.SocketOf(_folder, NoProcess);
        LeaveSocket(stale);
        Assert.True(File.Exists(stale));

        Assert.Empty(ControlFolder.Sockets(_folder));

        Assert.False(File.Exists(stale));
    }

    [Fact]
    public void The_socket_of_a_process_that_lives_and_does_not_listen_yet_is_kept()
    {
        var early = ControlFolder.SocketOf(_folder, Environment.ProcessId);
        LeaveSocket(early);

        Assert.Equal([early], ControlFolder.Sockets(_folder));
    }

    [Fact]
    public void The_socket_of_a_number_that_another_process_has_now_is_removed()
    {
        var stale = ControlFolder.SocketOf(_folder, Environment.ProcessId);
        LeaveSocket(stale);
        File.SetLastWriteTimeUtc(stale, new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        Assert.Empty(ControlFolder.Sockets(_folder));
    }

    [Fact]
    public void A_socket_at_which_somebody_listens_is_kept_whatever_its_number_is()
    {
        var path = ControlFolder.SocketOf(_folder, NoProcess);
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();

        Assert.Equal([path], ControlFolder.Sockets(_folder));
    }

    [Fact]
    public void Files_that_are_no_sockets_of_hosts_are_left_alone()
    {
        var other = Path.Combine(_folder, "notes.sock");
        File.WriteAllText(other, "");

        Assert.Empty(ControlFolder.Sockets(_folder));
        Assert.True(File.Exists(other));
    }
}

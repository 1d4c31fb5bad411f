using System.Net.Sockets;

namespace Actors.Zmtp.Tests.Sockets;

public sealed class IpcTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ipc-").FullName;

    private string PathOf(string name) => Path.Combine(_folder, name);

    private string EndpointOf(string name) => "ipc://" + PathOf(name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_path_carries_messages_and_goes_with_the_endpoint()
    {
        using PullSocket pull = new();
        pull.Bind(EndpointOf("a"));
        Assert.Equal(EndpointOf("a"), pull.Options.LastEndpoint);
        Assert.True(File.Exists(PathOf("a")), "there is no file of the bound endpoint");
        using PushSocket push = new(EndpointOf("a"));
        push.SendText("one", "", "three");
        Assert.Equal(["one", "", "three"], pull.ReceiveText());

        pull.Unbind(EndpointOf("a"));
        Assert.False(File.Exists(PathOf("a")), "the file is there after the unbind");
    }

    [Fact]
    public void Closing_the_socket_removes_the_file()
    {
        using (PullSocket pull = new("@" + EndpointOf("a")))
        {
            Assert.True(File.Exists(PathOf("a")), "there is no file of the bound endpoint");
        }

        Assert.False(File.Exists(PathOf("a")), "the file is there after the close");
    }

    [Fact]
    public void A_connection_is_made_when_the_path_comes_later()
    {
        using PushSocket push = new();
        push.Options.ReconnectInterval = TimeSpan.FromMilliseconds(20);
        push.Connect(EndpointOf("late"));
        push.SendText("waits");
        using PullSocket pull = new("@" + EndpointOf("late"));
        Assert.Equal(["waits"], pull.ReceiveText());
    }

    [Fact]
    public void What_a_dead_process_left_gives_way()
    {
        Socket dead = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        dead.Bind(new UnixDomainSocketEndPoint(PathOf("stale")));
        // As a kill would: the descriptor is closed, the file stays.
        dead.SafeHandle.Dispose();
        Assert.True(File.Exists(PathOf("stale")), "the stale file is not there");

        using PullSocket pull = new("@" + EndpointOf("stale"));
        using PushSocket push = new(EndpointOf("stale"));
        push.SendText("x");
        Assert.Equal(["x"], pull.ReceiveText());
    }

    [Fact]
    public void A_later_bind_takes_the_path_over_and_keeps_it_when_the_first_closes()
    {
        PullSocket first = new("@" + EndpointOf("a"));
        using PullSocket second = new("@" + EndpointOf("a"));
        first.Dispose();
        Assert.True(File.Exists(PathOf("a")), "the first took the file of the second away");
        using PushSocket push = new(EndpointOf("a"));
        push.SendText("x");
        Assert.Equal(["x"], second.ReceiveText());
    }

    [Fact]
    public void A_file_that_is_no_socket_is_left_alone()
    {
        File.WriteAllText(PathOf("data"), "");
        using PullSocket pull = new();
        AddressAlreadyInUseException e = Assert.Throws<AddressAlreadyInUseException>(() => pull.Bind(EndpointOf("data")));
        Assert.Contains($"Bind to \"{EndpointOf("data")}\": there is a file of this name that is no socket", e.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(PathOf("data")), "the file was removed");
        Assert.Throws<AddressAlreadyInUseException>(() => pull.Bind("ipc://" + _folder));
    }

    [Fact]
    public void A_missing_folder_is_named()
    {
        using PullSocket pull = new();
        EndpointNotFoundException e = Assert.Throws<EndpointNotFoundException>(() => pull.Bind(EndpointOf("no/such")));
        Assert.Contains($"there is no folder \"{PathOf("no")}\"", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_star_makes_a_path_up_and_cleans_up()
    {
        using PullSocket pull = new("@ipc://*");
        string endpoint = pull.Options.LastEndpoint!;
        string path = endpoint["ipc://".Length..];
        Assert.True(File.Exists(path), $"there is no file {path}");
        using PushSocket push = new(endpoint);
        push.SendText("x");
        Assert.Equal(["x"], pull.ReceiveText());
        pull.Unbind(endpoint);
        Assert.False(Directory.Exists(Path.GetDirectoryName(path)), "the folder of the made-up path is still there");
    }

    [SkippableFact]
    public void An_abstract_name_has_no_file_and_one_owner()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Only Linux has abstract names.");
        string endpoint = "ipc://@" + Guid.NewGuid().ToString("N");
        PullSocket pull = new("@" + endpoint);
        Assert.Equal(endpoint, pull.Options.LastEndpoint);
        using PullSocket other = new();
        Assert.Throws<AddressAlreadyInUseException>(() => other.Bind(endpoint));
        using PushSocket push = new(endpoint);
        push.SendText("x");
        Assert.Equal(["x"], pull.ReceiveText());
        pull.Dispose();
        other.Bind(endpoint);
    }

    [Fact]
    public void A_monitor_tells_of_paths_as_of_ports()
    {
        using PullSocket pull = new();
        using EventRecorder events = new(pull, SocketEvents.Connections);
        pull.Bind(EndpointOf("a"));
        PushSocket push = new(EndpointOf("a"));
        push.SendText("x");
        Assert.Equal(["x"], pull.ReceiveText());
        push.Dispose();
        Assert.Equal(EndpointOf("a"), events.Next(SocketEvents.Listening).Endpoint);
        Assert.Equal(EndpointOf("a"), events.Next(SocketEvents.Accepted).Endpoint);
        Assert.Equal(EndpointOf("a"), events.Next(SocketEvents.Disconnected).Endpoint);
        pull.Unbind(EndpointOf("a"));
        Assert.Equal(EndpointOf("a"), events.Next(SocketEvents.Closed).Endpoint);
        Assert.Throws<EndpointNotFoundException>(() => pull.Bind(EndpointOf("no/such")));
        Assert.Equal(EndpointOf("no/such"), events.Next(SocketEvents.BindFailed).Endpoint);
    }
}

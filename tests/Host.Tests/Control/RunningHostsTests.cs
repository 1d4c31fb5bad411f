using System.Runtime.Versioning;
using Actors.Host.Commands;
using Actors.Host.Control;
using Actors.Host.Status;
using Host.Tests.Running;

namespace Host.Tests.Control;

/// <summary>How verbs find the host that is meant.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class RunningHostsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("control").FullName;
    private readonly List<ControlServer> _servers = [];

    public void Dispose()
    {
        foreach (var server in _servers) server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Run(int processId, string file)
    {
        var host = new HostReport(Path.GetFileNameWithoutExtension(file), processId, file, "0.1.0", "zmtp", DateTimeOffset.UnixEpoch, HostState.Running);
        var role = new RoleReport("tasks", "push", RoleState.Ready, [new EndpointReport("tcp://127.0.0.1:5557", Bound: true, "tasks")], [], 1, 2, 3, new Dictionary<string, long>(), 0);
        _servers.Add(ControlServer.Open(
            ControlFolder.SocketOf(_folder, processId),
            (_, _) => Task.FromResult(ControlReply.New() with { Status = new HostStatus(1, DateTimeOffset.UnixEpoch, host, [role]) }),
            _ => { },
            TimeProvider.System));
    }

    private Task<RunningHost> One(string? which = null) => RunningHosts.One(_folder, which, CancellationToken.None);

    private async Task<ToolException> Fails(string? which = null) => await Assert.ThrowsAsync<ToolException>(() => One(which));

    [Fact]
    public async Task The_only_host_is_meant_when_none_is_named()
    {
        Run(7, "/etc/a.conf");

        Assert.Equal(7, (await One()).ProcessId);
    }

    [Theory]
    [InlineData("8")]
    [InlineData("b")]
    [InlineData("b.conf")]
    [InlineData("/etc/b.conf")]
    public async Task A_host_is_named_by_its_process_or_its_file(string which)
    {
        Run(7, "/etc/a.conf");
        Run(8, "/etc/b.conf");

        Assert.Equal(8, (await One(which)).ProcessId);
    }

    [Fact]
    public async Task Of_several_hosts_one_must_be_named()
    {
        Run(7, "/etc/a.conf");
        Run(8, "/etc/b.conf");

        var error = await Fails();

        Assert.Equal((ExitCode.Misconfigured, "2 hosts run: expected --host with one of 7 (a), 8 (b)"), (error.Code, error.Message));
    }

    [Fact]
    public async Task Of_several_hosts_of_one_file_the_process_must_be_named()
    {
        Run(7, "/etc/a.conf");
        Run(8, "/etc/a.conf");

        Assert.Equal("2 hosts are \"a\": expected the process id, one of 7 (a), 8 (a)", (await Fails("a")).Message);
    }

    [Fact]
    public async Task A_name_that_no_host_has_is_a_mistake()
    {
        Run(7, "/etc/a.conf");

        Assert.Equal((ExitCode.Misconfigured, "no running host is \"c\": expected one of 7 (a)"), ((await Fails("c")).Code, (await Fails("c")).Message));
    }

    [Fact]
    public async Task Without_a_host_there_is_no_answer() => Assert.Equal(ExitCode.NoAnswer, (await Fails()).Code);

    [Fact]
    public async Task Ps_is_a_table_of_roles_in_a_pipe()
    {
        Run(7, "/etc/a.conf");

        var ps = await HostCommand.RunUntilEnd("ps", "--directory", _folder);

        Assert.Equal(0, ps.Code);
        Assert.Equal(
            """
            PID  HOST  STATE  ROLE   PATTERN  PEERS  WAITING  ENDPOINTS
            7    a     ready  tasks  push     0      3        @tcp://127.0.0.1:5557

            """,
            ps.Output);
    }

    [Fact]
    public async Task Ps_is_a_document_in_JSON()
    {
        Run(7, "/etc/a.conf");

        var ps = await HostCommand.RunUntilEnd("ps", "--directory", _folder, "--output", "json");

        Assert.StartsWith("{\"hosts\":[{\"version\":1,", ps.Output, StringComparison.Ordinal);
        Assert.EndsWith("\"silent\":[]}\n", ps.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_that_others_may_enter_is_not_looked_at()
    {
        Run(7, "/etc/a.conf");
        File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101);

        var ps = await HostCommand.RunUntilEnd("ps", "--directory", _folder);

        Assert.Equal(2, ps.Code);
        Assert.Contains("has the mode 0755: expected 0700", Assert.Single(ps.Errors), StringComparison.Ordinal);
    }
}

using System.Net;
using System.Net.Sockets;
using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Interop.Tests;

/// <summary>What a user sees who makes a mistake: one line that names file, line and key, exit code 2, no stack trace.</summary>
public sealed class HostErrorTests(ITestOutputHelper log)
{
    private async Task<string> ErrorOf(params string[] arguments)
    {
        await using var host = HostProcess.Start(log, arguments);
        var (code, lines) = await host.End();
        Assert.Equal(2, code);
        var line = Assert.Single(lines);
        Assert.DoesNotContain("   at ", line, StringComparison.Ordinal);
        return line;
    }

    [Fact]
    public async Task A_port_in_use_names_the_key_that_binds_it()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var endpoint = $"tcp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

        var error = await ErrorOf(HostProcess.Config("request-reply.conf"), "--role", "server", "--set", $"roles.server.bind={endpoint}");
        Assert.Contains("roles.server.bind", error, StringComparison.Ordinal);
        Assert.Contains($"{endpoint} is in use", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_names_the_line_of_the_file()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, $"roles {{\n  sink {{\n    pattern = pull\n    bind = \"tcp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}\"\n    handler {{ type = console }}\n  }}\n}}\n");
            Assert.StartsWith($"{file}:4: roles.sink.bind: ", await ErrorOf(file), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task An_unknown_key_is_named() =>
        Assert.Contains("roles.server.bnid: unknown key (did you mean \"bind\"?)", await ErrorOf(HostProcess.Config("request-reply.conf"), "--set", "roles.server.bnid=x"), StringComparison.Ordinal);

    [Fact]
    public async Task An_unknown_role_is_named() =>
        Assert.Contains("sever: there is no such role", await ErrorOf(HostProcess.Config("request-reply.conf"), "--role", "sever"), StringComparison.Ordinal);

    [Fact]
    public async Task A_bad_endpoint_is_named() =>
        Assert.Contains("roles.client.connect: \"tcp://nowhere\" has no port", await ErrorOf(HostProcess.Config("request-reply.conf"), "--set", "roles.client.connect=tcp://nowhere"), StringComparison.Ordinal);

    [Fact]
    public async Task A_handler_type_that_does_not_exist_is_named() =>
        Assert.Contains(
            "roles.pull.handler.type: \"No.Such, Thing\" does not exist",
            await ErrorOf(HostProcess.Config("pipeline.conf"), "--set", "roles.pull.handler.type=No.Such, Thing", "--set", "roles.pull.handler.print=null"),
            StringComparison.Ordinal);

    [Fact]
    public async Task A_missing_file_is_named() => Assert.Contains("there is no file", await ErrorOf("/nowhere/at-all.conf"), StringComparison.Ordinal);

    [Fact]
    public async Task A_missing_include_that_is_required_is_named_with_its_line()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "\ninclude required(\"not-there.conf\")\n");
            Assert.StartsWith($"{file}:2: cannot include ", await ErrorOf(file), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Stopping_ends_within_its_deadline_while_peers_are_gone_and_says_what_was_not_delivered()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(file, Enumerable.Range(0, 50).Select(n => $"{n}"));
            await using var host = HostProcess.Start(
                log, HostProcess.Config("pipeline.conf"), "--role", "push", "--set", "host.stop-timeout=300ms", "--set", $"roles.push.bind={HostProcess.FreeEndpoint()}", "--set", $"roles.push.source={{ type = lines, path = \"{file}\", text = null, interval = null }}");
            for (var n = 0; n < 50; n++) await host.Expect("已发送");
            host.Terminate();

            var (code, lines) = await host.End();
            Assert.Equal(1, code);
            Assert.Contains("push: 50 messages were not delivered within 300 ms", lines);
        }
        finally
        {
            File.Delete(file);
        }
    }
}

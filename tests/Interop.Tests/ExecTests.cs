using System.Diagnostics;
using System.Globalization;
using System.Text;
using Actors.Zmtp;
using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Interop.Tests;

/// <summary>A host whose reply role runs a program for each request, asked by a DEALER.</summary>
public sealed class ExecTests(ITestOutputHelper log) : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("exec");

    public void Dispose() => _directory.Delete(recursive: true);

    private async Task<(HostProcess Host, DealerSocket Client)> Start(string script, params string[] overrides)
    {
        var file = Path.Combine(_directory.FullName, "exec.conf");
        var endpoint = HostProcess.FreeEndpoint();
        await File.WriteAllTextAsync(file, $$"""
            roles {
              server {
                pattern = reply
                bind = "{{endpoint}}"
                handler { type = exec, command = ["sh", "-c", "{{script}}", "{{_directory.FullName}}"] }
              }
            }
            """);
        var host = HostProcess.Start(log, [file, "--set", "akka.loglevel=INFO", .. overrides.SelectMany(one => new[] { "--set", one })]);
        await host.Expect("server is open: ");
        var client = new DealerSocket();
        client.Connect(endpoint);
        return (host, client);
    }

    private static string Reply(DealerSocket client)
    {
        var frame = new Msg();
        frame.InitEmpty();
        do Assert.True(client.TryReceive(ref frame, PeerProcess.Patience), "no reply came");
        while (frame.HasMore);
        return frame.GetString(Encoding.UTF8);
    }

    private static bool IsAlive(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/stat").Split(')')[^1].Trim()[0] != 'Z';
        }
        catch (IOException)
        {
            return false;
        }
    }

    [Fact]
    public async Task Twenty_requests_of_a_second_and_a_half_are_answered_in_their_order()
    {
        var (host, client) = await Start("sleep 1.5; cat", "roles.server.handler-timeout=25s");
        await using var _ = host;
        using var __ = client;
        for (var n = 0; n < 20; n++) client.SendMoreFrameEmpty().SendFrame($"{n}");

        for (var n = 0; n < 20; n++) Assert.Equal($"{n}", Reply(client));
    }

    [Fact]
    public async Task Failing_programs_hold_up_neither_other_requests_nor_a_stop()
    {
        var (host, client) = await Start("read order; if [ $order = bad ]; then exit 1; fi; echo $order", "host.stop-timeout=60s");
        await using var _ = host;
        using var __ = client;
        for (var n = 0; n < 300; n++) client.SendMoreFrameEmpty().SendFrame("bad\n");
        client.SendMoreFrameEmpty().SendFrame("good\n");

        Assert.Equal("good", Reply(client));
        host.Terminate();
        var (code, lines) = await host.End();
        Assert.Equal(0, code);
        Assert.Contains(lines, line => line.Contains("HandlerFailed", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("HandlerTimeout", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("not delivered", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Programs_do_not_outlive_their_host(int signals)
    {
        var (host, client) = await Start("echo $$ > $0/program; sleep 1000", "host.stop-timeout=1s");
        await using var _ = host;
        using var __ = client;
        var pipe = Path.Combine(_directory.FullName, "program");
        await Process.Start("mkfifo", pipe).WaitForExitAsync();
        client.SendMoreFrameEmpty().SendFrame("?");
        var program = int.Parse(await File.ReadAllTextAsync(pipe).WaitAsync(PeerProcess.Patience), CultureInfo.InvariantCulture);
        Assert.True(IsAlive(program), "the program has ended by itself");

        for (var n = 0; n < signals; n++) host.Terminate();
        await host.End();
        Assert.False(IsAlive(program), "the program runs although its host has ended");
    }
}

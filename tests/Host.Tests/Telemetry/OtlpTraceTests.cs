using System.Text.Json;
using Actors.Shared;
using Host.Tests.Configuration;
using Host.Tests.Running;

namespace Host.Tests.Telemetry;

/// <summary>The spans that a host exports, and the lines that it logs in them.</summary>
public sealed class OtlpTraceTests : IDisposable
{
    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    /// <summary>A host that asks itself once over tcp, and ends. Its handler is a shell's line.</summary>
    private string Asking(string handler) => _files.Write("plant.conf", $$"""
        host { stop-when-done = on, log.format = json }
        akka.loglevel = INFO
        actors.transport.engine = zmtp
        roles {
          server { pattern = reply, bind = "tcp://127.0.0.1:{{_port}}", handler { type = exec, print = none, command = [ "sh", "-c", "{{handler}}" ] } }
          client {
            pattern = request, connect = "tcp://127.0.0.1:{{_port}}", delivery = acknowledged
            source { type = ticker, text = "?", count = 1 }
            handler { type = console }
          }
        }
        """);

    private readonly int _port = FreePort.Next();

    [Fact]
    public async Task The_spans_of_a_request_at_both_ends_come_to_a_collector_as_one_trace()
    {
        await using var collector = new OtlpEndpoint();
        using var host = new StartedHost(Asking("echo warm >&2; echo $TRACEPARENT"), collector.Variables);
        var output = await host.Output.ReadToEndAsync();
        var (code, errors) = await host.End(stop: false);
        Assert.True(code == 0, string.Join('\n', errors));
        await collector.Expect("/v1/traces", "request client", "reply server");

        var client = Assert.Single(collector.Spans, span => span.Name == "request client");
        var server = Assert.Single(collector.Spans, span => span.Name == "reply server");
        Assert.Equal(("Actors", 3, "", false), (client.Source, client.Kind, client.Parent, client.IsError));
        Assert.Equal(("Actors", 2, client.Trace, client.Id, false), (server.Source, server.Kind, server.Trace, server.Parent, server.IsError));
        Assert.Equal(client.Tags["messaging.message.conversation_id"], server.Tags["messaging.message.conversation_id"]);
        Assert.Equal($"tcp://127.0.0.1:{_port}", client.Tags["endpoint"]);
        // The program is told the span that it runs in, and so is who reads what it complained of.
        Assert.Contains($"00-{server.Trace}-{server.Id}-01", output, StringComparison.Ordinal);
        AssertLogged(errors, "warm", server);
        await collector.Expect("/v1/logs", "warm");
        Assert.True(collector.Has("/v1/logs", Convert.FromHexString(server.Id)), "the span's id is not in the log that was exported");
    }

    [Fact]
    public async Task A_program_that_fails_is_an_error_of_both_spans_and_the_line_that_says_so_has_their_trace()
    {
        await using var collector = new OtlpEndpoint();
        using var host = new StartedHost(Asking("exit 7"), collector.Variables);
        var (code, errors) = await host.End(stop: false);
        Assert.Equal(1, code);
        await collector.Expect("/v1/traces", "request client", "reply server");

        var client = Assert.Single(collector.Spans, span => span.Name == "request client");
        var server = Assert.Single(collector.Spans, span => span.Name == "reply server");
        Assert.Equal((client.Trace, client.Id), (server.Trace, server.Parent));
        Assert.True(client.IsError && server.IsError);
        Assert.Equal(("Actors.RequestFailedException", "Actors.Hosting.Handlers.ExecFailedException"), (client.Tags["error.type"], server.Tags["error.type"]));
        AssertLogged(errors, "got no reply", server);
    }

    private static void AssertLogged(string[] lines, string text, OtlpSpan span)
    {
        // What a source says of a failed request is no line of the log.
        var line = Assert.Single(lines.Where(line => line[0] == '{').Select(line => JsonDocument.Parse(line).RootElement), line => line.GetProperty("message").GetString()!.Contains(text, StringComparison.Ordinal));
        Assert.True(line.TryGetProperty("traceId", out var trace), $"the line has no trace: {line}");
        Assert.Equal((span.Trace, span.Id), (trace.GetString(), line.GetProperty("spanId").GetString()));
    }
}

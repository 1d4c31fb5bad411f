using System.Text.Json;
using Host.Tests.Configuration;

namespace Host.Tests.Running;

/// <summary><c>run --output json</c>: standard output of a host as objects.</summary>
public sealed class RunRecordsTests : IDisposable
{
    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    /// <summary>Runs a file until it ends by itself.</summary>
    private async Task<(int Code, IReadOnlyList<JsonElement> Records, string Errors)> Run(string text)
    {
        var (code, output, errors) = await StartedHost.Run(_files.Write("host.conf", text), "--output", "json");
        // Each line is an object, or this throws.
        return (code, [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)], errors);
    }

    private static string Event(JsonElement record) => record.GetProperty("event").GetString()!;

    [Theory]
    [InlineData("netmq")]
    [InlineData("zmtp")]
    public async Task A_run_is_started_output_and_ended_and_nothing_else(string engine)
    {
        var (code, records, errors) = await Run($$"""
            host.stop-when-done = on
            actors.transport.engine = {{engine}}
            roles.tasks { pattern = push, bind = "inproc://tasks", source { type = ticker, text = "say \"{n}\"", count = 3, interval = 1ms } }
            roles.sink { pattern = pull, connect = "inproc://tasks", bind = "tcp://127.0.0.1:0", handler { type = console } }
            """);

        Assert.True(code == 0, errors);
        Assert.Equal(["started", "ended", "output", "output", "output"], records.Select(Event).OrderByDescending(what => what == "started").ThenByDescending(what => what == "ended"));
        Assert.Equal(0, records[^1].GetProperty("exitCode").GetInt32());
        var started = records.Single(record => Event(record) == "started");
        Assert.Equal("host", started.GetProperty("host").GetProperty("name").GetString());
        Assert.Equal(engine, started.GetProperty("host").GetProperty("engine").GetString());
        var sink = started.GetProperty("roles").EnumerateArray().Single(role => role.GetProperty("name").GetString() == "sink");
        var bound = Assert.Single(sink.GetProperty("endpoints").EnumerateArray(), endpoint => endpoint.GetProperty("bound").GetBoolean());
        Assert.Matches(@"^tcp://127\.0\.0\.1:[1-9]\d*$", bound.GetProperty("address").GetString());
        Assert.All(records.Where(record => Event(record) == "output"), record => Assert.StartsWith("say \"", record.GetProperty("text").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mistake_of_the_file_is_an_error_with_its_place_and_the_end_has_code_2()
    {
        var (code, records, errors) = await Run("roles.sink {\n  pattern = pull\n  bind = \"tcp://nowhere\"\n  handler { type = console }\n}\n");

        Assert.Equal((2, ""), (code, errors));
        Assert.Equal(["error", "ended"], records.Select(Event));
        Assert.Equal((3, "roles.sink.bind"), (records[0].GetProperty("line").GetInt32(), records[0].GetProperty("key").GetString()));
        Assert.EndsWith("host.conf", records[0].GetProperty("file").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(records[0].GetProperty("message").GetString()!);
        Assert.Equal(2, records[1].GetProperty("exitCode").GetInt32());
    }

    [Fact]
    public async Task Requests_that_failed_are_an_error_of_their_role()
    {
        var (code, records, _) = await Run("""
            host.stop-when-done = on
            roles.client { pattern = request, connect = "tcp://127.0.0.1:1", timeout = 200ms, linger = 0s, handler { type = console }, source { type = ticker, text = x, count = 1 } }
            """);

        Assert.Equal(1, code);
        var error = records.Single(record => Event(record) == "error");
        Assert.Equal(("client", 1), (error.GetProperty("role").GetString(), error.GetProperty("failedRequests").GetInt64()));
        Assert.Equal(1, records[^1].GetProperty("exitCode").GetInt32());
    }
}

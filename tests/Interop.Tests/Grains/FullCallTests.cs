using System.Text.Json;
using GrainSamples;
using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Interop.Tests.Grains;

/// <summary>Real peers call grains by the full form of docs/protocols/grains.md: the clients of examples/, and one in C.</summary>
public sealed class FullCallTests(ITestOutputHelper log)
{
    [SkippableFact]
    public async Task The_Python_example_calls_from_the_command_line()
    {
        await using var gateway = await GatewayUnderTest.Start();
        await using var client = PythonPeer.StartExample(log, "grains", gateway.Endpoint, "counter", "alice", "Add", "5");

        Assert.Equal("5", await client.Expect("5"));
        Assert.Equal(0, (await client.End()).ExitCode);
    }

    [SkippableFact]
    public async Task The_Python_example_tells_errors_by_their_codes()
    {
        await using var gateway = await GatewayUnderTest.Start();
        await using var client = PythonPeer.Start(log, "grains_full", gateway.Endpoint, "5");

        Assert.Equal("error failed: boom", await Ask(client, "counter", "alice", "Fail", ["boom"]));
        Assert.StartsWith("error unknown-kind: ", await Ask(client, "nothing", "alice", "Get", []), StringComparison.Ordinal);
        Assert.StartsWith("error unknown-method: ", await Ask(client, "counter", "alice", "Multiply", []), StringComparison.Ordinal);
        Assert.StartsWith("error bad-arguments: ", await Ask(client, "counter", "alice", "Add", []), StringComparison.Ordinal);
        Assert.StartsWith("error timeout: ", await Ask(client, "counter", "asleep", "Wait", [], 0.3), StringComparison.Ordinal);
        WaitGate.Of("asleep").Release.SetResult("done");
        Assert.Equal("result 0", await Ask(client, "counter", "alice", "Get", []));
    }

    [SkippableFact]
    public async Task A_call_that_is_tried_again_is_done_once()
    {
        await using var gateway = await GatewayUnderTest.Start();
        await using var proxy = new CuttingProxy(gateway.Endpoint);
        // Its second try comes soon, while the first still runs.
        await using var client = PythonPeer.Start(log, "grains_full", proxy.Endpoint, "0.2");

        await client.WriteLine(Line("counter", "once", "Wait", [], 30));
        await WaitGate.Of("once").Begun.Task.WaitAsync(PeerProcess.Patience);
        proxy.Cut();
        WaitGate.Of("once").Release.SetResult("done");
        Assert.Equal("result \"done\"", await client.Expect("result"));
        for (var sum = 1; sum <= 20; sum++)
        {
            await client.WriteLine(Line("counter", "cut", "Add", [1], 30));
            if (sum % 5 == 0) proxy.Cut();
            Assert.Equal($"result {sum}", await client.Expect("result"));
        }
    }

    [SkippableFact]
    public async Task The_Node_example_calls_from_the_command_line()
    {
        await using var gateway = await GatewayUnderTest.Start();
        await using var client = NodeScript.Start(log, "examples/typescript/grains.mjs", gateway.Endpoint, "counter", "alice", "Add", "5");

        Assert.Equal("5", await client.Expect("5"));
        Assert.Equal(0, (await client.End()).ExitCode);
    }

    [SkippableFact]
    public async Task Calls_of_the_Node_example_run_side_by_side()
    {
        await using var gateway = await GatewayUnderTest.Start();
        await using var client = NodeScript.Start(log, "scripts/grains_full.mjs", gateway.Endpoint, "300");

        await client.Expect("sum 300 of 300");
        await client.Expect("failed | failed: no more");
        Assert.Equal(0, (await client.End()).ExitCode);
    }

    [SkippableFact]
    public async Task A_client_in_C_has_many_calls_in_flight()
    {
        await using var gateway = await GatewayUnderTest.Start();
        await using var client = CPeer.Start(log, "grains", gateway.Endpoint, "full", "5000");

        await client.Expect("result 5000");
        Assert.Equal(0, (await client.End()).ExitCode);
    }

    private static string Line(string kind, string key, string method, object[] arguments, double seconds) =>
        JsonSerializer.Serialize(new object[] { kind, key, method, arguments, seconds });

    private static async Task<string> Ask(PythonPeer client, string kind, string key, string method, object[] arguments, double seconds = 30)
    {
        await client.WriteLine(Line(kind, key, method, arguments, seconds));
        return await client.Expect("r");
    }
}

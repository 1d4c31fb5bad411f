using System.Text.Json;
using Actors.Zmtp;
using GrainSamples;
using Interop.Tests.Grains;
using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Interop.Tests.Call;

/// <summary>The verb <c>call</c> and a gateway of grains.</summary>
public sealed class CallTests(ITestOutputHelper log)
{
    private Task<(int Code, IReadOnlyList<string> Lines)> Call(string endpoint, params string[] arguments) => VerbRun.ToEnd(log, ["call", .. arguments, "--connect", endpoint]);

    [SkippableFact]
    public async Task A_result_is_printed_as_JSON()
    {
        await using var gateway = await GatewayUnderTest.Start();

        Assert.Equal((0, "5"), await One(gateway.Endpoint, "counter", "tool", "Add", "5"));
        var (code, lines) = await Call(gateway.Endpoint, "counter", "tool", "Get", "--output", "json");
        Assert.Equal(0, code);
        Assert.Equal(5, JsonDocument.Parse(Assert.Single(lines)).RootElement.GetProperty("result").GetInt32());
    }

    private async Task<(int, string)> One(string endpoint, params string[] arguments)
    {
        var (code, lines) = await Call(endpoint, arguments);
        return (code, Assert.Single(lines));
    }

    [SkippableFact]
    public async Task An_error_is_a_word_and_a_text_with_an_exit_code()
    {
        await using var gateway = await GatewayUnderTest.Start();

        Assert.Equal((1, "failed: boom"), await One(gateway.Endpoint, "counter", "tool", "Fail", "\"boom\""));
        var (code, line) = await One(gateway.Endpoint, "nothing", "tool", "Get");
        Assert.Equal(1, code);
        Assert.StartsWith("unknown-kind: ", line, StringComparison.Ordinal);
        (code, line) = await One(gateway.Endpoint, "counter", "tool-asleep", "Wait", "--timeout", "300ms");
        Assert.Equal(3, code);
        Assert.StartsWith("timeout: ", line, StringComparison.Ordinal);
        WaitGate.Of("tool-asleep").Release.SetResult("done");
    }

    [SkippableFact]
    public async Task A_call_with_an_id_is_tried_again_and_done_once()
    {
        await using var gateway = await GatewayUnderTest.Start();
        await using var proxy = new CuttingProxy(gateway.Endpoint);
        const string id = "0102030405060708090a0b0c0d0e0f10/7";
        await using (var call = VerbRun.Start(log, "call", "counter", "tool-once", "Wait", "--id", id, "--connect", proxy.Endpoint))
        {
            await WaitGate.Of("tool-once").Begun.Task.WaitAsync(PeerProcess.Patience);
            proxy.Cut();
            WaitGate.Of("tool-once").Release.SetResult("done");
            await call.Expect("\"done\"");
            Assert.Equal(0, await call.End());
        }

        Assert.Equal((0, "3"), await One(gateway.Endpoint, "counter", "tool-sum", "Add", "3", "--id", id.Replace("/7", "/8", StringComparison.Ordinal)));
        Assert.Equal((0, "3"), await One(gateway.Endpoint, "counter", "tool-sum", "Add", "3", "--id", id.Replace("/7", "/8", StringComparison.Ordinal)));
    }

    [SkippableFact]
    public async Task Another_gateway_is_tried_while_none_has_taken_the_call()
    {
        await using var gateway = await GatewayUnderTest.Start();
        var (code, lines) = await VerbRun.ToEnd(log, "call", "counter", "tool", "Get", "--connect", HostProcess.FreeEndpoint(), "--connect", gateway.Endpoint);
        Assert.Equal((0, "0"), (code, Assert.Single(lines)));
    }

    [SkippableFact]
    public async Task Nobody_there_is_a_timeout()
    {
        var (code, line) = await One(HostProcess.FreeEndpoint(), "counter", "a", "Get", "--timeout", "200ms");
        Assert.Equal(3, code);
        Assert.Contains("no gateway took the call within 0.2 s", line, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("\0")]
    [InlineData("\0|\u0007|5")]
    [InlineData("|\0|not json")]
    [InlineData("|\u0001|failed")]
    [InlineData("|\u0001|\u001b[2J|\u001b[31m")]
    public async Task A_peer_that_answers_with_something_else_is_named(string frames)
    {
        using var router = new RouterSocket("@tcp://127.0.0.1:0");
        var answering = Task.Run(() =>
        {
            List<byte[]>? request = null;
            Assert.True(router.TryReceiveMultipartBytes(PeerProcess.Patience, ref request));
            router.SendMultipartBytes([request[0], .. frames.Split('|').Select(System.Text.Encoding.UTF8.GetBytes)]);
        });
        var (code, line) = await One(router.Options.LastEndpoint!, "counter", "a", "Get");
        await answering;
        Assert.Equal(1, code);
        Assert.DoesNotContain(line, char.IsControl);
    }

    [SkippableTheory]
    [InlineData("hello", "argument 1 is hello, which is no JSON")]
    [InlineData("[1", "argument 1 is [1, which is no JSON")]
    public async Task An_argument_that_is_no_JSON_is_named(string argument, string said)
    {
        var (code, line) = await One("tcp://127.0.0.1:1", "counter", "a", "Add", argument);
        Assert.Equal(2, code);
        Assert.Contains(said, line, StringComparison.Ordinal);
    }
}

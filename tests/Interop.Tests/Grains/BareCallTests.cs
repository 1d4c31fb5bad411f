using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Interop.Tests.Grains;

/// <summary>Real peers call grains by the bare form of docs/protocols/grains.md.</summary>
public sealed class BareCallTests(ITestOutputHelper log)
{
    [SkippableFact]
    public async Task A_REQ_of_pyzmq_calls_a_grain_by_four_frames()
    {
        await using var gateway = await GatewayUnderTest.Start();
        await using var client = PythonPeer.Connect(log, "grains_bare", gateway.Endpoint);

        await client.WriteLine("counter alice Add [5]");
        Assert.Equal("00 5", await client.Expect("0"));
        await client.WriteLine("counter alice Add [37]");
        Assert.Equal("00 42", await client.Expect("0"));
        await client.WriteLine("counter alice Fail [\"no more\"]");
        Assert.Equal("01 failed no more", await client.Expect("0"));
        await client.WriteLine("nothing alice Get []");
        Assert.StartsWith("01 unknown-kind ", await client.Expect("0"), StringComparison.Ordinal);
        await client.WriteLine("counter bob Get []");
        Assert.Equal("00 0", await client.Expect("0"));
    }

    [SkippableFact]
    public async Task A_REQ_in_C_calls_a_grain_again_and_again()
    {
        await using var gateway = await GatewayUnderTest.Start();
        await using var client = CPeer.Start(log, "grains", gateway.Endpoint, "bare", "500");

        await client.Expect("result 500");
        Assert.Equal(0, (await client.End()).ExitCode);
    }

    [SkippableFact]
    public async Task A_REQ_on_Node_calls_a_grain_by_four_frames()
    {
        await using var gateway = await GatewayUnderTest.Start();
        await using var client = NodeScript.Start(log, "scripts/grains_bare.js", gateway.Endpoint, "counter", "alice", "Add", "[5]");

        await client.Expect("00 5");
        Assert.Equal(0, (await client.End()).ExitCode);
    }
}

using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Interop.Tests.Grains;

/// <summary>docs/protocols/grains.md, the bare form, from real peers.</summary>
public sealed class BareCallTests(ITestOutputHelper log)
{
    [SkippableFact]
    public async Task A_REQ_calls_a_grain_by_four_frames()
    {
        await using var gateway = await GatewayUnderTest.Start();
        await using var client = PythonPeer.Connect(log, "grains_bare", gateway.Endpoint);

        await client.WriteLine("counter alice Add [5]");
        Assert.Equal("00 5", await client.Expect("0"));
        await client.WriteLine("counter alice Add [37]");
        Assert.Equal("00 42", await client.Expect("0"));
        await client.WriteLine("counter bob Get []");
        Assert.Equal("00 0", await client.Expect("0"));
    }
}

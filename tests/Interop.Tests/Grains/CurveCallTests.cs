using Actors.Transport;
using Actors.Zmtp;
using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Interop.Tests.Grains;

/// <summary>Calls of grains through a gateway that speaks CURVE.</summary>
public sealed class CurveCallTests(ITestOutputHelper log)
{
    private static readonly CurveKeyPair Server = new();
    private static readonly CurveKeyPair Client = new();

    private static string[] Keys => [Server.PublicKeyZ85, Client.PublicKeyZ85, Client.SecretKeyZ85!];

    [SkippableFact]
    public async Task Pyzmq_calls_over_CURVE()
    {
        await using var gateway = await Start();
        await using var client = PythonPeer.Start(log, "grains_full", [gateway.Endpoint, "5", .. Keys]);

        await client.WriteLine("""["counter", "sealed", "Add", [5], 30]""");
        Assert.Equal("result 5", await client.Expect("r"));
    }

    [SkippableTheory]
    [InlineData("bare", 200)]
    [InlineData("full", 2000)]
    public async Task C_calls_over_CURVE(string form, int calls)
    {
        await using var gateway = await Start();
        await using var client = CPeer.Start(log, "grains", [gateway.Endpoint, form, $"{calls}", .. Keys]);

        await client.Expect($"result {calls}");
        Assert.Equal(0, (await client.End()).ExitCode);
    }

    [SkippableFact]
    public async Task Node_calls_over_CURVE()
    {
        await using var gateway = await Start();
        await using var client = NodeScript.Start(log, "scripts/grains_full.mjs", [gateway.Endpoint, "100", .. Keys]);

        await client.Expect("sum 100 of 100");
        Assert.Equal(0, (await client.End()).ExitCode);
    }

    [SkippableFact]
    public async Task A_client_without_keys_calls_nothing()
    {
        await using var gateway = await Start();
        await using var client = PythonPeer.Start(log, "grains_full", gateway.Endpoint, "1");

        await client.WriteLine("""["counter", "sealed", "Add", [5], 1]""");
        Assert.StartsWith("error timeout: no gateway answered", await client.Expect("r"), StringComparison.Ordinal);
    }

    private static Task<GatewayUnderTest> Start() =>
        GatewayUnderTest.Start(settings => settings with { Socket = settings.Socket with { Security = new CurveServer { Keys = Server, Clients = CurveServer.Any } } });
}

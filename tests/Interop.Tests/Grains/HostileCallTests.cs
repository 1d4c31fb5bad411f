using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Interop.Tests.Grains;

/// <summary>Hostile clients on real sockets cost only their own replies: another client is served meanwhile and afterwards.</summary>
public sealed class HostileCallTests(ITestOutputHelper log)
{
    [SkippableFact]
    public async Task Arguments_of_100_MB_are_refused()
    {
        await using var gateway = await GatewayUnderTest.Start();
        await using var good = PythonPeer.Connect(log, "grains_bare", gateway.Endpoint);
        await using var hostile = PythonPeer.Start(log, "grains_hostile", gateway.Endpoint, "large", "100000000");

        await Serves(good);
        await hostile.Expect("answer 01 bad-arguments the call has 1000000");
        await Serves(good);
    }

    [SkippableFact]
    public async Task Thousands_of_calls_in_flight_are_refused_beyond_the_clients_share()
    {
        // So long that no call ends, and makes room for another, while a busy machine takes its time for the 20,000.
        await using var gateway = await GatewayUnderTest.Start(settings => settings with { CallTimeout = TimeSpan.FromMinutes(10) });
        await using var good = PythonPeer.Connect(log, "grains_bare", gateway.Endpoint);
        await using var hostile = PythonPeer.Start(log, "grains_hostile", gateway.Endpoint, "flood", "20000");

        // On netmq, the answers that a client does not read while it sends go beyond its high-water mark, and are dropped.
        if (EngineUnderTest.IsZmtp) await hostile.Expect("answers {b'overloaded': 19000}");
        await Serves(good);
        await hostile.Kill();
        await Serves(good);
    }

    [SkippableTheory]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("3")]
    public async Task Frames_that_mean_nothing_are_answered_or_counted(string seed)
    {
        await using var gateway = await GatewayUnderTest.Start();
        await using var good = PythonPeer.Connect(log, "grains_bare", gateway.Endpoint);
        await using var hostile = PythonPeer.Start(log, "grains_hostile", gateway.Endpoint, "noise", seed);

        await hostile.Expect("last 0");
        await Serves(good);
    }

    private static async Task Serves(PythonPeer client)
    {
        await client.WriteLine("counter good Get []");
        Assert.Equal("00 0", await client.Expect("0"));
    }
}

using Actors;
using Actors.Grains;
using Actors.Transport;
using Akka.Actor;

namespace Benchmarks.Grains;

/// <summary>A gateway in front of the counters of a side, which prints its endpoint and serves until it is told to stop.</summary>
internal static class Gateways
{
    /// <summary>Begins the line with the endpoint.</summary>
    public const string Prefix = "endpoint ";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    public static Task Run(GrainWork work, string engine) => work.Side == GrainSides.Ours ? Ours(engine) : Orleans();

    private static async Task Ours(string engine)
    {
        await using var side = await OurSide.Start(grains => grains.Add<Counter>(OurSide.Kept), engine).ConfigureAwait(false);
        await Warm(side).ConfigureAwait(false);
        var settings = new GatewaySettings { Name = "gateway", Socket = new SocketSettings { Bind = ["tcp://127.0.0.1:0"], Linger = TimeSpan.Zero } };
        var role = side.System.ActorOf(GatewayRole.Props(settings), "gateway");
        var ready = await role.Ask<RoleReady>(WhenReady.Instance, s_patience).ConfigureAwait(false);
        Console.WriteLine(Prefix + ready.Endpoints[0]);
        Console.In.ReadLine();
    }

    private static async Task Orleans()
    {
        await using var side = await OrleansSide.Start().ConfigureAwait(false);
        await Warm(side).ConfigureAwait(false);
        using var gateway = new OrleansGateway(side.Factory);
        Console.WriteLine(Prefix + gateway.Endpoint);
        Console.In.ReadLine();
    }

    private static async Task Warm(IGrainSide side)
    {
        for (var key = 0; key < CallLoad.Keys; key++) await side.Counter(CallLoad.Key(key))().ConfigureAwait(false);
    }
}

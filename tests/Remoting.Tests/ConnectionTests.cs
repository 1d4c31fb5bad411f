using System.Diagnostics;
using Akka.Actor;
using Akka.Remote;
using Remoting.Tests.Nodes;

namespace Remoting.Tests;

public sealed class ConnectionTests
{
    [Theory]
    [MemberData(nameof(Carriers.OverTcp), MemberType = typeof(Carriers))]
    public async Task Messages_flow_again_when_a_cut_way_is_mended(Carrier carrier)
    {
        await using var way = new CuttableProxy { Target = ListeningPorts.Free() };
        await using var here = Node.Start(carrier);
        var ended = here.Published<DisassociatedEvent>();
        await using var there = Node.Start(carrier, $"public-hostname = \"127.0.0.1\"\npublic-port = {way.Port}\nport = {way.Target}");
        there.System.ActorOf<Echo>("echo");
        var echo = await here.Find(there, "echo");
        await echo.Ask<string>("before", Patience.Limit);

        way.Cut();
        await ended.Next<DisassociatedEvent>("the end of the association");
        way.Mend();

        // The very reference: no new uid, no quarantine.
        Assert.Equal("after", await Eventually.Ask(new ActorSelection(echo, ""), "after"));
    }

    [Theory]
    [MemberData(nameof(Carriers.All), MemberType = typeof(Carriers))]
    public async Task A_refused_connection_fails_at_once(Carrier carrier)
    {
        await using var here = Node.Start(carrier);
        var failures = here.Published<AssociationErrorEvent>();
        var begun = Stopwatch.GetTimestamp();

        here.System.ActorSelection($"{carrier.Scheme()}://node@127.0.0.1:{ListeningPorts.Free()}/user/nobody").Tell("hello");

        await failures.Next<AssociationErrorEvent>("the failure of the association");
        // Far below the time for a connection, which is 15 s.
        Assert.InRange(Stopwatch.GetElapsedTime(begun), TimeSpan.Zero, TimeSpan.FromSeconds(8));
    }

    // Not on dot-netty, which lets two systems listen at one port of this machine.
    [Theory]
    [MemberData(nameof(Carriers.Ours), MemberType = typeof(Carriers))]
    public async Task An_address_in_use_is_an_error_of_the_start(Carrier carrier)
    {
        await using var first = Node.Start(carrier);

        var error = Assert.ThrowsAny<Exception>(() => Node.Start(carrier, $"port = {first.Port}"));

        Assert.Contains($"127.0.0.1:{first.Port}", error.ToString());
    }
}

using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Interop.Tests;

/// <summary>Our dealer, router and pair roles and libzmq's sockets, whichever side binds.</summary>
public sealed class DirectTests(ITestOutputHelper log)
{
    private const string File = "dealer-router.conf";

    private PythonPeer Talk(string way, string endpoint, string kind, params string[] options) => PythonPeer.Start(log, "talk", [way, endpoint, kind, .. options]);

    private static string[] At(string role, bool oursBinds, string endpoint, params string[] more) =>
        [oursBinds ? $"roles.{role}={{ bind = \"{endpoint}\", connect = null }}" : $"roles.{role}={{ bind = null, connect = \"{endpoint}\" }}", .. more];

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Our_router_answers_each_of_their_dealers(bool oursBinds)
    {
        var endpoint = HostProcess.FreeEndpoint();
        await using var one = Talk(oursBinds ? "connect" : "bind", endpoint, "DEALER", "id=one");
        var (router, _) = await HostProcess.StartRole(log, File, "router", At("router", oursBinds, endpoint));
        await using var ours = router;
        await one.WriteLine("|frames||of one");
        await one.Expect("got |frames||of one");
        Assert.Contains("one:  frames  of one", await ours.Expect("one: "), StringComparison.Ordinal);
        if (!oursBinds) return;

        await using var two = Talk("connect", endpoint, "DEALER", "id=two");
        await two.WriteLine("of two");
        await two.Expect("got of two");
        await one.WriteLine("again");
        await one.Expect("got again");
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Our_dealer_talks_with_their_router(bool oursBinds)
    {
        var endpoint = HostProcess.FreeEndpoint();
        await using var router = Talk(oursBinds ? "connect" : "bind", endpoint, "ROUTER");
        var (dealer, _) = await HostProcess.StartRole(log, File, "dealer", At("dealer", oursBinds, endpoint, "roles.dealer.source={ type = stdin, separator = \"|\", text = null, interval = null }"));
        await using var ours = dealer;
        await ours.WriteLine("a||b");
        await router.Expect("got dealer-1|a||b");
        await router.WriteLine("dealer-1||reply");

        await ours.Expect("echo:  reply");
    }

    [SkippableFact]
    public async Task Our_dealer_goes_on_when_their_router_is_killed_and_comes_back()
    {
        var endpoint = HostProcess.FreeEndpoint();
        var (dealer, _) = await HostProcess.StartRole(log, File, "dealer", $"roles.dealer.connect={endpoint}", "roles.dealer.source.interval=20ms");
        await using var ours = dealer;
        for (var round = 0; round < 3; round++)
        {
            await using var router = Talk("bind", endpoint, "ROUTER");
            await router.Expect("got dealer-1|Are you OK?");
            await router.WriteLine($"dealer-1|round {round}");
            await ours.Expect($"echo: round {round}");
            await router.Kill();
        }
    }

    [SkippableFact]
    public async Task Our_router_goes_on_when_their_dealer_is_killed_and_comes_back()
    {
        var (router, endpoint) = await HostProcess.StartRole(log, File, "router", "roles.router.bind=tcp://127.0.0.1:0");
        await using var ours = router;
        for (var round = 0; round < 3; round++)
        {
            await using var dealer = Talk("connect", endpoint, "DEALER", $"id=one-{round}");
            await dealer.WriteLine($"round {round}");
            await dealer.Expect($"got round {round}");
            await dealer.Kill();
        }
    }

    [SkippableFact]
    public async Task Our_router_sends_to_their_peer_at_any_time_and_says_when_there_is_none()
    {
        var (router, endpoint) = await HostProcess.StartRole(
            log, File, "router", "roles.router={ bind = \"tcp://127.0.0.1:0\", source = { type = stdin, separator = \"|\" } }", "akka.loglevel=INFO");
        await using var ours = router;
        await using var dealer = Talk("connect", endpoint, "DEALER", "id=one");
        await dealer.WriteLine("here");
        await dealer.Expect("got here");
        await ours.WriteLine("one|unasked|for");
        await dealer.Expect("got unasked|for");

        await ours.WriteLine("nobody|x");
        await ours.Expect("router: dropped 1 messages: Unroutable");
        await dealer.Kill();
    }

    [SkippableFact]
    public async Task Their_REQ_talks_with_our_router_that_has_a_delimiter()
    {
        var (router, endpoint) = await HostProcess.StartRole(log, File, "router", "roles.router={ bind = \"tcp://127.0.0.1:0\", delimiter = on, handler = { type = constant, text = \"fine\" } }");
        await using var ours = router;
        await using var req = Talk("connect", endpoint, "REQ");
        await req.WriteLine("how are you");

        await req.Expect("got fine");
        await ours.Expect(": how are you");
    }

    [SkippableFact]
    public async Task Their_REP_answers_our_dealer_that_has_a_delimiter()
    {
        var endpoint = HostProcess.FreeEndpoint();
        await using var rep = Talk("bind", endpoint, "REP");
        var (dealer, _) = await HostProcess.StartRole(log, File, "dealer", $"roles.dealer={{ connect = \"{endpoint}\", delimiter = on, source.count = 1 }}");
        await using var ours = dealer;
        await rep.Expect("got Are you OK?");
        await rep.WriteLine("yes");

        await ours.Expect("echo: yes");
    }

    [SkippableFact]
    public async Task With_handover_their_second_peer_of_a_routing_id_takes_the_place_of_the_first()
    {
        var (router, endpoint) = await HostProcess.StartRole(
            log, File, "router", "roles.router={ bind = \"tcp://127.0.0.1:0\", handover = on, source = { type = stdin, separator = \"|\" } }");
        await using var ours = router;
        await using var first = Talk("connect", endpoint, "DEALER", "id=same");
        await first.WriteLine("first");
        await first.Expect("got first");
        await using var second = Talk("connect", endpoint, "DEALER", "id=same");
        await second.WriteLine("second");
        await second.Expect("got second");
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Our_pair_talks_with_theirs(bool oursBinds)
    {
        var endpoint = HostProcess.FreeEndpoint();
        await using var theirs = Talk(oursBinds ? "connect" : "bind", endpoint, "PAIR");
        var (pair, _) = await HostProcess.StartRole(log, "pair.conf", "left", At("left", oursBinds, endpoint, "roles.left.source={ type = stdin, separator = \"|\", text = null, interval = null }"));
        await using var ours = pair;
        await ours.WriteLine("to|theirs");
        await theirs.Expect("got to|theirs");
        await theirs.WriteLine("to||ours");

        await ours.Expect("left has to  ours");
    }

    [SkippableFact]
    public async Task Our_pair_turns_their_second_peer_away_and_takes_it_when_the_first_is_killed()
    {
        var (pair, endpoint) = await HostProcess.StartRole(log, "pair.conf", "left", "roles.left={ bind = \"tcp://127.0.0.1:0\", source = { interval = 20ms } }");
        await using var ours = pair;
        await using var first = Talk("connect", endpoint, "PAIR");
        await first.Expect("got from the left");
        await using (var second = Talk("connect", endpoint, "PAIR"))
        {
            await second.WriteLine("from the second");
            await first.WriteLine("from the first");
            await ours.Expect("left has from the first");
            for (var n = 0; n < 20; n++) await first.Expect("got from the left");
            await second.Kill();
            Assert.DoesNotContain(second.Rest, line => line.StartsWith("got ", StringComparison.Ordinal));
        }
        await first.Kill();
        await using var next = Talk("connect", endpoint, "PAIR");
        await next.Expect("got from the left");
    }

    [SkippableFact]
    public async Task All_direct_roles_of_the_shipped_files_talk_in_one_process()
    {
        var endpoint = HostProcess.FreeEndpoint();
        await using (var host = HostProcess.Start(log, HostProcess.Config(File), "--set", $"roles.router.bind={endpoint}", "--set", $"roles.dealer.connect={endpoint}"))
        {
            await host.Expect("dealer-1: Are you OK?");
            await host.Expect("echo: Are you OK?");
            host.Terminate();
            Assert.Equal(0, (await host.End()).ExitCode);
        }
        endpoint = HostProcess.FreeEndpoint();
        await using var pairs = HostProcess.Start(log, HostProcess.Config("pair.conf"), "--set", $"roles.left.bind={endpoint}", "--set", $"roles.right.connect={endpoint}");
        await pairs.Expect("has from the ");
        pairs.Terminate();
        Assert.Equal(0, (await pairs.End()).ExitCode);
    }
}

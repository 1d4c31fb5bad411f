using System.Net;
using System.Text;
using Actors.Host.Http.Events;
using Actors.Host.Status;
using Akka.Event;
using Microsoft.Extensions.Time.Testing;

namespace Host.Tests.Http;

/// <summary>The stream of events: the status, what changes of it, and the log; and what becomes of clients that do not read.</summary>
public sealed class EventTests
{
    [Fact]
    public async Task A_client_gets_the_whole_status_first_and_then_what_changes()
    {
        await using var host = await ServedHost.Start();
        using var events = await host.Events();

        // The same words as in /api/status.
        Assert.Contains("\"name\":\"sink\",\"pattern\":\"pull\",\"state\":\"ready\"", await events.Next("status"), StringComparison.Ordinal);
        host.Status.Now = FakeStatus.Of(FakeStatus.Role("sink", RoleState.Draining, received: 42));
        string change;
        do change = await events.Next("change");
        while (!change.Contains("received", StringComparison.Ordinal));

        Assert.Contains("\"roles\":[{\"name\":\"sink\",\"state\":\"draining\",\"received\":42}]", change, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_of_the_log_comes_at_once_with_its_role_and_earlier_ones_before()
    {
        await using var host = await ServedHost.Start();
        Logging.GetLogger(host.System, "/user/roles/sink").Warning("before {0}", 1);
        using var events = await host.Events();

        Assert.Contains("\"level\":\"warning\",\"role\":\"sink\",\"text\":\"before 1\"", await Line("before"), StringComparison.Ordinal);
        Logging.GetLogger(host.System, "/user/roles/sink").Error(new InvalidOperationException("of this"), "after");
        Assert.Contains("\"level\":\"error\",\"role\":\"sink\",\"text\":\"after: of this\"", await Line("after"), StringComparison.Ordinal);

        async Task<string> Line(string text)
        {
            string line;
            do line = await events.Next("log");
            while (!line.Contains(text, StringComparison.Ordinal));
            return line;
        }
    }

    [Fact]
    public async Task Nothing_is_collected_while_nobody_looks()
    {
        var (status, clock) = (new FakeStatus(), new FakeTimeProvider());
        using var feed = new EventFeed(status, new LogLines(), clock);
        var client = feed.Join()!;
        await client.Take(CancellationToken.None);
        feed.Leave(client);
        await status.ReadAfter(() => clock.Advance(EventFeed.Interval));

        // Only a feed that had stopped reads at once, without the clock, for the next client.
        EventClient? next = null;
        await status.ReadAfter(() => next = feed.Join());

        Assert.Contains("sink", Encoding.UTF8.GetString((await next!.Take(CancellationToken.None))[0]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_status_that_is_not_told_does_not_end_the_stream()
    {
        var (status, clock) = (new FakeStatus { Fault = new TimeoutException("no answer") }, new FakeTimeProvider());
        using var feed = new EventFeed(status, new LogLines(), clock);
        EventClient? client = null;
        await status.ReadAfter(() => client = feed.Join());

        status.Fault = null;
        var taken = client!.Take(CancellationToken.None);
        // Once: a client that is given more than it takes misses the first.
        clock.Advance(EventFeed.Interval);

        Assert.Contains("sink", Encoding.UTF8.GetString((await taken.WaitAsync(TimeSpan.FromSeconds(30)))[0]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_client_too_many_is_told_to_come_later()
    {
        await using var host = await ServedHost.Start();
        var clients = new List<ServedHost.EventLines>();
        for (var number = 0; number < EventFeed.MostClients; number++) clients.Add(await host.Events());

        using var answer = await host.Ask("/api/events");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(10)), (answer.StatusCode, answer.Headers.RetryAfter?.Delta));
        foreach (var client in clients) client.Dispose();
    }

    [Fact]
    public async Task The_streams_end_when_the_host_ends()
    {
        await using var host = await ServedHost.Start();
        using var events = await host.Events();
        await events.Next("status");

        await host.Server.DisposeAsync();

        await Assert.ThrowsAnyAsync<IOException>(() => events.Next("never"));
    }

    [Fact]
    public async Task Changes_that_a_slow_client_does_not_take_make_room_for_the_whole_status()
    {
        var client = new EventClient();
        client.PutWhole("whole"u8.ToArray());
        await client.Take(CancellationToken.None);
        for (var second = 0; second <= EventClient.MostUpdates; second++) client.PutChange("change"u8.ToArray());

        Assert.True(client.NeedsWhole);
        client.PutWhole("whole again"u8.ToArray());

        var taken = (await client.Take(CancellationToken.None)).Select(Encoding.UTF8.GetString).ToList();
        Assert.Equal(["event: missed\ndata: {\"updates\":6,\"logLines\":0}\n\n", "whole again"], taken);
    }

    [Fact]
    public async Task Lines_that_a_slow_client_does_not_take_make_room_for_later_ones_and_are_counted()
    {
        var client = new EventClient();
        for (var number = 1; number <= EventClient.MostLines + 3; number++) client.PutLine(new LogLine(number, FakeStatus.Start, "info", "sink", $"line {number}"));

        var taken = (await client.Take(CancellationToken.None)).Select(Encoding.UTF8.GetString).ToList();

        Assert.Equal("event: missed\ndata: {\"updates\":0,\"logLines\":3}\n\n", taken[0]);
        Assert.Equal(EventClient.MostLines, taken.Count - 1);
        Assert.Contains("line 4\"", taken[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_line_is_cut_and_only_the_latest_are_kept()
    {
        var lines = new LogLines();
        for (var number = 1; number <= LogLines.Kept + 1; number++) lines.Add(FakeStatus.Start, "info", "host", new string('x', LogLines.LongestText + number));

        lines.Read(kept => Assert.Equal((LogLines.Kept, 2, LogLines.LongestText + 1), (kept.Count, kept.First().Number, kept.Last().Text.Length)));
    }

    [Fact]
    public void A_change_has_only_what_differs()
    {
        var before = FakeStatus.Of(FakeStatus.Role("a"), FakeStatus.Role("b"));
        var now = FakeStatus.Of(FakeStatus.Role("a"), FakeStatus.Role("b") with { Waiting = 5, Dropped = new Dictionary<string, long> { ["peerFull"] = 2 } });

        var change = StatusChange.Between(before, now)!;

        var role = Assert.Single(change.Roles!);
        Assert.Equal(("b", 5, null, null, 2), (role.Name, role.Waiting, role.Received, role.Peers, role.Dropped!["peerFull"]));
        Assert.Null(change.Host);
        Assert.Null(StatusChange.Between(before, FakeStatus.Of(FakeStatus.Role("a"), FakeStatus.Role("b")))!.Roles);
    }

    [Fact]
    public void A_failure_that_is_over_is_told_with_the_state()
    {
        var change = RoleChange.Between(FakeStatus.Role("a", RoleState.Failed) with { Failure = "refused" }, FakeStatus.Role("a"))!;

        Assert.Equal((RoleState.Ready, null), (change.State, change.Failure));
    }

    [Fact]
    public void Other_roles_are_no_change_but_another_whole()
    {
        Assert.Null(StatusChange.Between(FakeStatus.Of(FakeStatus.Role("a")), FakeStatus.Of(FakeStatus.Role("b"))));
        Assert.Null(StatusChange.Between(FakeStatus.Of(FakeStatus.Role("a")), FakeStatus.Of(FakeStatus.Role("a"), FakeStatus.Role("b"))));
    }
}

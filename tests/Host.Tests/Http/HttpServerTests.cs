using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json;
using Actors.Host.Http;
using Actors.Host.Status;

namespace Host.Tests.Http;

/// <summary>What the host answers over HTTP, and to whom.</summary>
public sealed class HttpServerTests
{
    private const string Token = "0123456789abcdef";
    private static readonly (string, string) s_shown = ("Authorization", $"Bearer {Token}");

    [Theory]
    [InlineData("/")]
    [InlineData("/main.js")]
    [InlineData("/healthz/live")]
    [InlineData("/metrics")]
    [InlineData("/api/status")]
    [InlineData("/no-such-page")]
    public async Task Every_answer_has_the_headers_that_protect_browsers(string path)
    {
        await using var host = await ServedHost.Start();

        using var answer = await host.Ask(path, ("Origin", "http://elsewhere.example"));

        Assert.Equal(Gate.ContentPolicy, Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.DoesNotContain("unsafe", Gate.ContentPolicy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    [InlineData("HEAD")]
    public async Task Only_GET_is_answered(string method)
    {
        await using var host = await ServedHost.Start();

        using var answer = await host.Ask(new HttpMethod(method), "/api/status");

        Assert.Equal((HttpStatusCode.MethodNotAllowed, "GET"), (answer.StatusCode, Assert.Single(answer.Content.Headers.Allow)));
    }

    [Theory]
    [InlineData("evil.example:9464", HttpStatusCode.MisdirectedRequest)]
    [InlineData("127.0.0.1.evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("10.1.2.3", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost:80", HttpStatusCode.OK)]
    [InlineData("LOCALHOST", HttpStatusCode.OK)]
    [InlineData("127.0.0.1:9464", HttpStatusCode.OK)]
    [InlineData("[::1]:9464", HttpStatusCode.OK)]
    [InlineData("ops.example.com", HttpStatusCode.OK)]
    public async Task A_name_that_is_not_this_host_s_is_refused_because_it_may_be_rebound(string name, HttpStatusCode expected)
    {
        await using var host = await ServedHost.Start(null, "ops.example.com");

        using var page = await host.Ask("/", ("Host", name));
        using var status = await host.Ask("/api/status", ("Host", name));

        Assert.Equal((expected, expected), (page.StatusCode, status.StatusCode));
    }

    [Theory]
    [InlineData("cross-site", HttpStatusCode.Forbidden)]
    [InlineData("same-site", HttpStatusCode.Forbidden)]
    [InlineData("same-origin", HttpStatusCode.OK)]
    [InlineData("none", HttpStatusCode.OK)]
    public async Task Another_site_s_page_does_not_open_events(string site, HttpStatusCode expected)
    {
        await using var host = await ServedHost.Start();

        using var answer = await host.Ask("/api/status", ("Sec-Fetch-Site", site));

        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("/api/status")]
    [InlineData("/api/events")]
    [InlineData("/metrics")]
    public async Task With_a_token_what_the_host_does_is_told_only_to_who_shows_it(string path)
    {
        await using var host = await ServedHost.Start(Token);

        foreach (var wrong in new[] { null, "Bearer", "Bearer ", $"Bearer {Token}x", $"Bearer {Token[..^1]}", $"Basic {Token}", Token })
        {
            using var refused = await host.Ask(path, wrong is null ? [] : [("Authorization", wrong)]);
            Assert.Equal((HttpStatusCode.Unauthorized, "Bearer"), (refused.StatusCode, Assert.Single(refused.Headers.WwwAuthenticate).Scheme));
        }
        using var answer = await host.Ask(path, s_shown);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task With_a_token_any_name_of_the_host_will_do()
    {
        await using var host = await ServedHost.Start(Token);

        using var answer = await host.Ask("/api/status", s_shown, ("Host", "ops.example.com"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_host_whose_roles_are_ready_is_ready()
    {
        await using var host = await ServedHost.Start();
        host.Status.Now = FakeStatus.Of(FakeStatus.Role("a"), FakeStatus.Role("b"));

        Assert.Equal((HttpStatusCode.OK, "ready: 2 roles are ready\n"), await Answer(host, "/healthz/ready"));
        Assert.Equal((HttpStatusCode.OK, "live: 2 roles run\n"), await Answer(host, "/healthz/live"));
    }

    [Theory]
    [InlineData("opening")]
    [InlineData("open")]
    [InlineData("failed")]
    public async Task A_role_that_is_not_ready_is_named_and_leaves_the_host_live(string state)
    {
        await using var host = await ServedHost.Start();
        host.Status.Now = FakeStatus.Of(FakeStatus.Role("a"), FakeStatus.Role("b", Enum.Parse<RoleState>(state, ignoreCase: true)));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, $"not ready: not ready: b ({state})\n"), await Answer(host, "/healthz/ready"));
        Assert.Equal(HttpStatusCode.OK, (await Answer(host, "/healthz/live")).Status);
    }

    [Fact]
    public async Task A_role_that_has_given_up_makes_the_host_not_live()
    {
        await using var host = await ServedHost.Start();
        host.Status.Now = FakeStatus.Of(FakeStatus.Role("a"), FakeStatus.Role("b", RoleState.Stopped) with { Failure = "the journal is damaged" });

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not live: stopped: b (the journal is damaged)\n"), await Answer(host, "/healthz/live"));
    }

    [Fact]
    public async Task A_host_that_stops_is_live_and_not_ready()
    {
        await using var host = await ServedHost.Start();
        var now = FakeStatus.Of(FakeStatus.Role("a", RoleState.Stopped));
        host.Status.Now = now with { Host = now.Host with { State = HostState.Draining } };

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not ready: the host is being stopped\n"), await Answer(host, "/healthz/ready"));
        Assert.Equal(HttpStatusCode.OK, (await Answer(host, "/healthz/live")).Status);
    }

    [Fact]
    public async Task A_host_that_does_not_tell_its_status_is_not_live()
    {
        await using var host = await ServedHost.Start();
        host.Status.Fault = new Akka.Actor.AskTimeoutException("no answer");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Answer(host, "/healthz/live")).Status);
    }

    [Fact]
    public async Task Health_needs_no_token_and_names_no_role_without_it()
    {
        await using var host = await ServedHost.Start(Token);
        host.Status.Now = FakeStatus.Of(FakeStatus.Role("secret-role", RoleState.Failed));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not ready\n"), await Answer(host, "/healthz/ready"));
        Assert.Contains("secret-role", (await Answer(host, "/healthz/ready", s_shown)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_status_is_the_whole_of_it_as_JSON()
    {
        await using var host = await ServedHost.Start();
        host.Status.Now = FakeStatus.Of(FakeStatus.Role("sink", received: 7));

        var (_, text) = await Answer(host, "/api/status");

        var told = JsonSerializer.Deserialize(text, StatusJson.Default.HostStatus)!;
        Assert.Equal((1, "test", "sink", 7), (told.Version, told.Host.Name, told.Roles[0].Name, told.Roles[0].Received));
        Assert.Contains("\"state\":\"running\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_are_those_of_the_meters_Actors_and_of_the_runtime()
    {
        await using var host = await ServedHost.Start();
        using var ours = new Meter("Actors.Test");
        using var others = new Meter("Elsewhere.Test");
        ours.CreateCounter<long>("actors.test.messages").Add(3);
        others.CreateCounter<long>("elsewhere.test.messages").Add(3);

        var (status, text) = await Answer(host, "/metrics");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Matches("actors_test_messages_total(\\{.*\\})? 3", text);
        Assert.Contains("dotnet_gc_", text, StringComparison.Ordinal);
        Assert.DoesNotContain("elsewhere", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_and_all_that_it_refers_to_are_served()
    {
        await using var host = await ServedHost.Start();
        var (_, page) = await Answer(host, "/");

        var references = System.Text.RegularExpressions.Regex.Matches(page, "(?:src|href)=\"([^\"#]+)\"").Select(match => $"/{match.Groups[1].Value}").Distinct().ToList();

        Assert.Contains("/main.js", references);
        foreach (var path in references) Assert.Equal(HttpStatusCode.OK, (await Answer(host, path)).Status);
        foreach (var licence in new[] { "/vendor/cytoscape/LICENSE", "/vendor/uplot/LICENSE" }) Assert.Contains("Permission is hereby granted", (await Answer(host, licence)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_the_browser_has_is_not_sent_again()
    {
        await using var host = await ServedHost.Start();
        using var first = await host.Ask("/main.js");

        using var second = await host.Ask("/main.js", ("If-None-Match", first.Headers.ETag!.Tag));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotModified), (first.StatusCode, second.StatusCode));
    }

    [Fact]
    public async Task A_path_that_is_no_page_s_is_told_what_there_is()
    {
        await using var host = await ServedHost.Start();

        var (status, text) = await Answer(host, "/../Program.cs");

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("expected /, /healthz/live", text, StringComparison.Ordinal);
    }

    private static async Task<(HttpStatusCode Status, string Text)> Answer(ServedHost host, string path, params (string, string)[] headers)
    {
        using var answer = await host.Ask(path, headers);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}

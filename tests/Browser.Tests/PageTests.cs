using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Browser.Tests;

/// <summary>The page of a running host in a real browser.</summary>
public sealed class PageTests(ITestOutputHelper log) : IAsyncLifetime
{
    private const string Roles = """
        roles {
          sink { pattern = pull, bind = "tcp://127.0.0.1:0", handler { type = constant, text = "done" } }
          news { pattern = publish, bind = "tcp://127.0.0.1:0", source { type = ticker, text = "news", interval = 20ms } }
          feed { pattern = subscribe, connect = "tcp://127.0.0.1:9", topics = "", handler { type = constant, text = "done" } }
        }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actors-page-");
    private readonly List<IAsyncDisposable> _running = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var one in Enumerable.Reverse(_running)) await one.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [SkippableFact]
    public async Task The_page_shows_roles_and_the_rates_of_a_real_peer()
    {
        var (host, address) = await Start();
        var line = await host.Expect("sink is open: ");
        var endpoint = line[line.IndexOf("tcp://", StringComparison.Ordinal)..];
        var page = Look(address, "rates");

        Assert.Equal("host – Actors", await page.Fact("title"));
        Assert.Equal("""["sink","news","feed"]""", await page.Fact("roles"));
        Assert.Equal("""["ready","ready","open"]""", await page.Fact("states"));
        Add(PythonPeer.Connect(log, "push", endpoint, "task", "30000000"));
        Assert.NotEqual("0", await page.Fact("received a second"));
        Assert.Contains("127.0.0.1:", await page.Fact("details"), StringComparison.Ordinal);
        Assert.StartsWith("Graph of 3 roles with 1 peer", await page.Fact("graph"), StringComparison.Ordinal);
        Assert.Equal("1", await page.Fact("plot"));
        Assert.Equal("true", await page.Fact("log"));
        await page.EndWithoutFaults();
    }

    [SkippableFact]
    public async Task The_theme_is_that_of_the_system_until_the_user_switches_it()
    {
        var (_, address) = await Start();
        var page = Look(address, "theme");

        var light = await page.Fact("light");
        var dark = await page.Fact("dark");
        Assert.NotEqual(light, dark);
        Assert.Equal(dark, await page.Fact("kept"));
        Assert.Equal(light, await page.Fact("back"));
        Assert.Equal(dark, await page.Fact("of the system"));
        await page.EndWithoutFaults();
    }

    [SkippableFact]
    public async Task A_phone_shows_the_page_without_scrolling_sideways()
    {
        var (_, address) = await Start();
        var page = Look(address, "phone");

        Assert.Equal("390", await page.Fact("width"));
        Assert.Equal("true", await page.Fact("table"));
        await page.EndWithoutFaults();
    }

    [SkippableFact]
    public async Task Everything_is_reached_by_keyboard_and_has_a_name()
    {
        var (_, address) = await Start();
        var page = Look(address, "keyboard");

        Assert.Equal("""["Skip to the roles","theme","zoom-out","zoom-in","zoom-fit","graph"]""", await page.Fact("order"));
        Assert.Equal("sink", await page.Fact("chosen"));
        Assert.Equal("details", await page.Fact("in the details"));
        Assert.Equal("true", await page.Fact("closed"));
        Assert.Equal("sink", await page.Fact("back at"));
        Assert.Equal("sink", await page.Fact("from the table"));
        Assert.Equal("descending", await page.Fact("sorted"));
        Assert.Equal("""["sink"]""", await page.Fact("found"));
        Assert.Equal("true", await page.Fact("regions"));
        Assert.Equal("1", await page.Fact("headings"));
        Assert.Equal("0", await page.Fact("unnamed"));
        await page.EndWithoutFaults();
    }

    [SkippableFact]
    public async Task The_page_says_that_the_host_is_gone_and_goes_on_when_it_is_back()
    {
        var (host, address) = await Start();
        var page = Look(address, "restart");
        var before = await page.Fact("live");

        host.Terminate();
        await host.End();
        Assert.Contains("Trying again", await page.Fact("lost"), StringComparison.Ordinal);
        await Start($"bind = \"{new Uri(address).Authority}\"");

        Assert.NotEqual(before, await page.Fact("live again"));
        Assert.Equal("false", await page.Fact("trouble"));
        Assert.Equal("3", await page.Fact("rows"));
        await page.EndWithoutFaults();
    }

    [SkippableFact]
    public async Task A_host_with_a_token_asks_for_it()
    {
        const string Token = "0123456789abcdef";
        var (_, address) = await Start($"bind = \"127.0.0.1:0\", token = \"{Token}\"");
        var page = Look(address, "token", Token);

        Assert.Equal("That is not the token of this host.", await page.Fact("refused"));
        Assert.Equal("3", await page.Fact("shown"));
        Assert.Equal("", await page.Fact("by link"));
        await page.EndWithoutFaults();
    }

    private async Task<(HostProcess Host, string Address)> Start(string http = "bind = \"127.0.0.1:0\"")
    {
        var file = Path.Combine(_folder.FullName, "host.conf");
        await File.WriteAllTextAsync(file, $"host.http {{ {http} }}\nakka.loglevel = INFO\n{Roles}");
        var host = Add(HostProcess.Start(log, file));
        var line = await host.Expect("http: ");
        return (host, line["http: ".Length..]);
    }

    private BrowserProcess Look(string address, string step, params string[] arguments) => Add(BrowserProcess.Start(log, address, step, arguments));

    private T Add<T>(T one)
        where T : IAsyncDisposable
    {
        _running.Add(one);
        return one;
    }
}

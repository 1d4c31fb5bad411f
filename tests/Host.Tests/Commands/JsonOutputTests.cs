using System.Text.Json;
using Actors.Hosting.Configuration;
using Actors.Host;
using Actors.Host.Grains;
using Host.Tests.Configuration;
using Host.Tests.Running;

namespace Host.Tests.Commands;

/// <summary><c>--output json</c> of the verbs that are about a file or about the tool itself.</summary>
public sealed class JsonOutputTests : IDisposable
{
    private const string TwoRoles = """
        host.stop-timeout = 2s
        roles.in { pattern = pull, bind = "tcp://127.0.0.1:0", handler { type = console } }
        roles.out { pattern = publish, bind = "tcp://127.0.0.1:0", connect = "tcp://127.0.0.1:1" }
        """;

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    private static JsonElement Document(HostCommand run)
    {
        var line = Assert.Single(run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        return JsonDocument.Parse(line).RootElement;
    }

    public static TheoryData<string> Verbs => [.. CommandLine.Parse(["--help"]).RootCommandResult.Command.Subcommands.SelectMany(verb => verb.Subcommands.Count > 0 ? verb.Subcommands.Select(sub => $"{verb.Name} {sub.Name}") : [verb.Name])];

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Every_verb_has_json_output(string path)
    {
        var verb = CommandLine.Parse([.. path.Split(' '), "--help"]).CommandResult.Command;

        Assert.Contains(verb.Options, option => option.Name == "--output");
    }

    [Fact]
    public async Task Check_says_in_json_what_would_start()
    {
        var file = _files.Write("two.conf", TwoRoles);

        var run = await HostCommand.Run("check", file, "--output", "json");

        Assert.Equal(0, run.Code);
        Assert.Empty(run.Errors);
        var document = Document(run);
        Assert.Equal(file, document.GetProperty("file").GetString());
        Assert.True(document.GetProperty("ok").GetBoolean());
        Assert.Equal((0, 0), (document.GetProperty("errors").GetArrayLength(), document.GetProperty("warnings").GetArrayLength()));
        Assert.Equal("netmq", document.GetProperty("settings").GetProperty("engine").GetString());
        Assert.Equal(2, document.GetProperty("settings").GetProperty("stopTimeoutSeconds").GetDouble());
        Assert.False(document.GetProperty("settings").GetProperty("stopWhenDone").GetBoolean());
        var roles = document.GetProperty("roles").EnumerateArray().ToList();
        Assert.Equal(["in pull", "out publish"], roles.Select(role => $"{role.GetProperty("name")} {role.GetProperty("pattern")}"));
        Assert.Equal(["tcp://127.0.0.1:0", "tcp://127.0.0.1:1"], roles[1].GetProperty("endpoints").EnumerateArray().Select(one => one.GetString()));
        foreach (var text in new[] { "promises", "mayLose", "counts" }) Assert.NotEmpty(roles[0].GetProperty(text).GetString()!);
        Assert.False(document.TryGetProperty("grains", out _));
    }

    [Fact]
    public async Task Check_names_each_mistake_in_json_with_its_place_and_key()
    {
        var file = _files.Write("wrong.conf", "roles.in {\n  pattern = pull\n  bind = \"tcp://127.0.0.1:0\"\n  lingre = 1s\n  handler { type = console }\n}\nroles.sub { pattern = subscribe, connect = \"tcp://127.0.0.1:1\", handler { type = console } }\n");

        var run = await HostCommand.Run("check", file, "-o", "json");

        Assert.Equal(2, run.Code);
        Assert.Empty(run.Errors);
        var document = Document(run);
        Assert.False(document.GetProperty("ok").GetBoolean());
        var error = Assert.Single(document.GetProperty("errors").EnumerateArray());
        Assert.Equal((file, 4, 3, "roles.in.lingre"), (error.GetProperty("file").GetString(), error.GetProperty("line").GetInt32(), error.GetProperty("column").GetInt32(), error.GetProperty("key").GetString()));
        Assert.StartsWith("unknown key (did you mean \"linger\"?)", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        var warning = Assert.Single(document.GetProperty("warnings").EnumerateArray());
        Assert.Equal((7, "roles.sub"), (warning.GetProperty("line").GetInt32(), warning.GetProperty("key").GetString()![..9]));
        Assert.False(document.TryGetProperty("roles", out _));
    }

    [Fact]
    public async Task Check_has_the_kinds_of_grains_in_json()
    {
        var file = _files.Write("grains.conf", $$"""grains { assemblies = ["Counter.dll"], store { type = memory }, kinds.counter.idle-timeout = 7s }""");

        var run = await HostCommand.Run("check", file, "--output", "json");

        Assert.True(run.Code == 0, run.Output);
        var grains = Document(run).GetProperty("grains");
        Assert.Equal(1, grains.GetProperty("nodes").GetInt32());
        Assert.NotEmpty(grains.GetProperty("store").GetString()!);
        var kind = Assert.Single(grains.GetProperty("kinds").EnumerateArray(), one => one.GetProperty("name").GetString() == "counter");
        Assert.Equal(7, kind.GetProperty("idleTimeoutSeconds").GetDouble());
        Assert.Equal(("Examples.Counter", "Counter.dll"), (kind.GetProperty("class").GetString(), kind.GetProperty("assembly").GetString()));
        Assert.NotEqual(0, kind.GetProperty("methods").GetArrayLength());
    }

    [Fact]
    public async Task Keys_are_all_in_json()
    {
        var run = await HostCommand.Run("keys", "--output", "json");

        Assert.Equal(0, run.Code);
        var sections = Document(run).GetProperty("sections").EnumerateArray().ToList();
        Assert.Equal(KeyReference.Tables(new GrainsPart()).Select(table => table.Heading), sections.Select(section => section.GetProperty("name").GetString()));
        var keys = sections.Single(section => section.GetProperty("name").GetString() == "host").GetProperty("keys").EnumerateArray().ToList();
        var stop = keys.Single(key => key.GetProperty("name").GetString() == "stop-timeout");
        Assert.Equal(("5s", false), (stop.GetProperty("default").GetString(), stop.GetProperty("required").GetBoolean()));
        Assert.Equal((Keys.StopTimeout.Type.Expected, Keys.StopTimeout.Description), (stop.GetProperty("type").GetString(), stop.GetProperty("description").GetString()));
        var pattern = sections.Single(section => section.GetProperty("name").GetString() == "roles.NAME, pattern = pull").GetProperty("keys")[0];
        Assert.True(pattern.GetProperty("required").GetBoolean());
        Assert.Contains("push", pattern.GetProperty("choices").EnumerateArray().Select(choice => choice.GetString()));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("pwsh")]
    public async Task A_completion_script_is_in_json_as_it_is_in_text(string shell)
    {
        var text = await HostCommand.Run("completion", shell);
        var json = Document(await HostCommand.Run("completion", shell, "--output", "json"));

        Assert.Equal((shell, text.Output.TrimEnd()), (json.GetProperty("shell").GetString(), json.GetProperty("script").GetString()));
    }
}

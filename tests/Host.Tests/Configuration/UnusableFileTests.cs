using System.Text;
using Host.Tests.Running;

namespace Host.Tests.Configuration;

/// <summary>Files and command lines that cannot be read are one line on standard error and the exit code 2.</summary>
[Collection(HostsInThisProcess.Name)]
public sealed class UnusableFileTests : IDisposable
{
    private const string Roles = "roles { sink { pattern = pull, bind = \"tcp://*:1\", handler { type = console } } }";

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    private static async Task<string> ErrorOf(params string[] arguments)
    {
        var found = await HostCommand.CheckAndStart(arguments);
        Assert.Equal(2, found.Code);
        return Assert.Single(found.Errors);
    }

    private string WriteBytes(params byte[] bytes)
    {
        var path = _files.Write("bytes.conf", "");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    [Fact]
    public async Task A_file_in_Latin_1_names_the_line_and_the_byte()
    {
        var file = WriteBytes(Encoding.Latin1.GetBytes($"{Roles}\n# a comment\n# caf\u00e9\n"));

        Assert.Equal($"{file}:3: found the byte 0xE9, which is not UTF-8 here: expected a file in UTF-8", await ErrorOf(file));
    }

    [Fact]
    public async Task A_file_in_UTF_16_is_not_UTF_8()
    {
        var file = WriteBytes([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Roles)]);

        Assert.StartsWith($"{file}:1: found the byte 0xFF", await ErrorOf(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_byte_order_mark_of_UTF_8_is_passed_over()
    {
        var file = WriteBytes([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Roles)]);

        Assert.Equal(0, (await HostCommand.Run("check", file)).Code);
    }

    [Fact]
    public async Task A_byte_order_mark_does_not_hide_what_is_not_UTF_8()
    {
        var file = WriteBytes([.. Encoding.UTF8.Preamble, .. Encoding.Latin1.GetBytes("\n# caf\u00e9")]);

        Assert.StartsWith($"{file}:2: found the byte 0xE9", await ErrorOf(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("# nothing")]
    [InlineData("{}")]
    [InlineData("roles {}")]
    [InlineData("roles = null")]
    public async Task A_file_without_roles_is_told(string text) => Assert.Contains("roles: is ", await ErrorOf(_files.Write("host.conf", text)), StringComparison.Ordinal);

    [Theory]
    [InlineData("roles = 5", "roles: is \"5\": expected a section in braces")]
    [InlineData("roles = [1]", "roles: is the list [1]: expected a section in braces")]
    [InlineData("[1]", "found an array at the root")]
    [InlineData("roles.a = 5", "roles.a: is \"5\": expected a section in braces")]
    [InlineData("roles.a = []", "roles.a: is an empty list: expected a section in braces")]
    [InlineData("roles { a { pattern = pull, bind = \"tcp://*:1\", handler = echo } }", "roles.a.handler: is \"echo\": expected a section in braces")]
    [InlineData("roles { a { pattern = push, bind = \"tcp://*:1\", source = [stdin] } }", "roles.a.source: is the list [\"stdin\"]: expected a section in braces")]
    [InlineData("roles { a { pattern = push, bind { x = 1 } } }", "roles.a.bind: is a section: expected a text or a list of texts")]
    [InlineData("host = on\nroles { a { pattern = push, bind = \"tcp://*:1\" } }", "host: is \"on\": expected a section in braces")]
    [InlineData("host.start-timeout = 0s\nroles { a { pattern = push, bind = \"tcp://*:1\" } }", "host.start-timeout: is 0 ms: expected from 1 to")]
    [InlineData("host.stop-timeout = -1s\nroles { a { pattern = push, bind = \"tcp://*:1\" } }", "host.stop-timeout: is -1000 ms: expected from")]
    [InlineData("host.ready-timeout = 100000d\nroles { a { pattern = push, bind = \"tcp://*:1\" } }", "host.ready-timeout: is 8640000000000 ms: expected from")]
    [InlineData("roles { a { pattern = push, bind = \"tcp://*:1\", linger = 5 } }", "roles.a.linger: is \"5\": expected a duration with its unit")]
    [InlineData("roles { a { pattern = push, bind = \"tcp://*:1\", source { type = ticker, text = [] } } }", "roles.a.source.text: is empty: expected")]
    [InlineData("roles { a { pattern = push, bind = \"tcp://*:1\", source { type = ticker, text = x, interval = 0s } } }", "roles.a.source.interval: is 0 ms: expected from 1 to")]
    [InlineData("roles { a { pattern = push, bind = \"tcp://*:1\", source { type = ticker, text = x, interval = -5s } } }", "roles.a.source.interval: is -5000 ms: expected from 1 to")]
    [InlineData("roles { a { pattern = push, bind = \"tcp://*:1\", source { type = lines, path = \"/\" } } }", "roles.a.source.path: \"/\" is a folder")]
    [InlineData("roles { a { pattern = push, bind = \"tcp://*:1\", source { type = lines, path = \"\" } } }", "roles.a.source.path: is empty: expected a text")]
    [InlineData("roles { a { pattern = pull, bind = \"tcp://*:1\", handler { type = \"\" } } }", "roles.a.handler.type: is empty: expected a text")]
    [InlineData("roles { a { pattern = pull, bind = \"tcp://*:1\", handler { type = constant, text = [] } } }", "roles.a.handler.text: is empty: expected")]
    [InlineData("roles { a { pattern = pull, bind = \"tcp://*:1\", handler { type = \"a.B\", assembly = \"/\" } } }", "roles.a.handler.assembly: cannot be loaded")]
    [InlineData("roles { a { pattern = pull, bind = \"tcp://*:1\", handler { type = exec, command = [] } } }", "roles.a.handler.command: is empty: expected")]
    [InlineData("roles { a { pattern = pull, bind = \"tcp://*:1\", handler { type = exec, command = \"\" } } }", "roles.a.handler.command: is empty: expected a program")]
    [InlineData("roles { a { pattern = pull, bind = \"tcp://*:1\", handler { type = exec, command = no-such-program } } }", "roles.a.handler.command: has the program \"no-such-program\", which does not exist")]
    [InlineData("roles { a { pattern = pull, bind = \"tcp://*:1\", handler { type = exec, command = [\"./no-such-program\"] } } }", "has the program \"./no-such-program\", which does not exist: expected a program at that path")]
    [InlineData("roles { a { pattern = pull, bind = \"tcp://*:1\", handler { type = exec, command = \"cat -n\" } } }", "a program with arguments is a list: [\"cat\", \"-n\"]")]
    [InlineData("roles { a { pattern = pull, bind = \"tcp://*:1\", handler { type = exec, command = cat, timeout = 0s } } }", "roles.a.handler.timeout: is 0 ms: expected from 1 to")]
    [InlineData("roles { a { pattern = worker, pull.bind = \"tcp://*:1\", push.bind = \"tcp://*:2\", workers = 2000000000, handler { type = echo } } }", "roles.a.workers: is 2000000000: expected 10000 or less")]
    [InlineData("roles { a { pattern = push, bind = \"tcp://*:1\", delivery = acknowledged, journal = sqlite, journal-file = \"/\" } }", "roles.a.journal-file: \"/\" is a folder")]
    [InlineData("roles { a { pattern = push, bind = \"tcp://*:1\", delivery = acknowledged, journal = sqlite, journal-file = \"/no/such/journal\" } }", "roles.a.journal-file: \"/no/such/journal\" cannot be made: there is no folder /no/such")]
    [InlineData("include \"\\u0000\"", "cannot include a file whose name has a NUL character")]
    [InlineData("include \"/\"", "cannot include \"/\": \"/\" is a folder")]
    public async Task A_mistake_is_one_line_that_says_what_was_expected(string text, string expected) =>
        Assert.Contains(expected, await ErrorOf(_files.Write("host.conf", text)), StringComparison.Ordinal);

    [Fact]
    public async Task A_folder_is_told() => Assert.Equal("/: cannot be read: \"/\" is a folder", await ErrorOf("/"));

    [Fact]
    public async Task A_name_that_is_empty_is_told() => Assert.Contains("expected the path of a HOCON file", await ErrorOf(""), StringComparison.Ordinal);

    [SkippableFact]
    public async Task A_file_without_an_end_is_told()
    {
        Skip.IfNot(File.Exists("/dev/zero"), "there is no /dev/zero");
        Assert.Contains("has more than", await ErrorOf("/dev/zero"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_program_that_cannot_be_executed_is_told()
    {
        Skip.If(OperatingSystem.IsWindows(), "it has no mode of a file");
        var program = _files.Write("program", "");
        var text = $"roles {{ a {{ pattern = pull, bind = \"tcp://*:1\", handler {{ type = exec, command = \"{program}\" }} }} }}";

        Assert.Contains("which is no file that can be executed", await ErrorOf(_files.Write("host.conf", text)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_include_each_other_are_told_with_the_chain()
    {
        _files.Write("b.conf", "include \"a.conf\"");
        var error = await ErrorOf(_files.Write("a.conf", "\ninclude \"b.conf\""));

        Assert.Matches("b.conf:1: cannot include \"a.conf\": the file includes itself: .*a.conf -> .*b.conf -> .*a.conf", error);
    }

    [Theory]
    [InlineData("roles=5", "roles: is \"5\"")]
    [InlineData("roles.sink.handler.type=constant", "roles.sink.handler.text: is missing")]
    [InlineData("roles.sink.reconnect-interval=1h", "roles.sink.reconnect-interval-max: is")]
    [InlineData("roles.sink.pattern=push", "roles.sink.handler: unknown key")]
    [InlineData("variables=5", "${variables.name} refers to nothing")]
    [InlineData("roles.sink.bind.x=5", "roles.sink.bind: is a section")]
    [InlineData("roles.sink.linger=5", "roles.sink.linger: is \"5\"")]
    public async Task A_mistake_that_comes_of_an_override_is_reported_as_one_of_the_command_line(string assignment, string expected)
    {
        const string Text = "variables { name = 2s }\nroles { sink { pattern = pull, reconnect-interval-max = ${variables.name}, bind = \"tcp://*:1\", handler { type = console } } }";
        var found = await HostCommand.CheckAndStart(_files.Write("host.conf", Text), "--set", assignment);

        Assert.Equal(2, found.Code);
        Assert.All(found.Errors.Where(line => !line.Contains(": warning: ", StringComparison.Ordinal)), line => Assert.StartsWith($"--set {assignment}: ", line, StringComparison.Ordinal));
        Assert.Contains(found.Errors, line => line.Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("check", "--help")]
    [InlineData("keys", "--help")]
    [InlineData("run", "--help")]
    public async Task The_help_of_a_command_shows_a_usage_that_works(string command, string option)
    {
        var help = await HostCommand.Run(command, option);

        Assert.Equal(0, help.Code);
        var usage = help.Output.Split('\n').SkipWhile(line => !line.StartsWith("Usage", StringComparison.Ordinal)).ElementAt(1).Trim();
        Assert.Matches(command == "keys" ? $"^\\S+ {command} \\[options\\]$" : $"^\\S+ {command} <file> \\[options\\]$", usage);
        Assert.Equal(command != "keys", help.Output.Contains("<file>", StringComparison.Ordinal));
    }
}

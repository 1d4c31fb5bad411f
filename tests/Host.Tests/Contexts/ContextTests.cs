using Actors.Host.Contexts;
using Actors.Transport;
using Actors.Zmtp;
using Host.Tests.Configuration;
using Host.Tests.Running;

namespace Host.Tests.Contexts;

/// <summary>The command <c>context</c>, and what verbs read of a context.</summary>
public sealed class ContextTests : IDisposable
{
    private readonly TemporaryFiles _files = new();
    private readonly string _folder;
    private readonly Dictionary<string, string> _environment;

    public ContextTests()
    {
        _folder = Path.Combine(Path.GetDirectoryName(_files.Write("beside", ""))!, "contexts");
        _environment = new Dictionary<string, string> { [ContextStore.FolderVariable] = _folder };
    }

    public void Dispose() => _files.Dispose();

    private Task<HostCommand> Context(params string[] arguments) => HostCommand.RunWith(_environment, "", ["context", .. arguments]);

    private string FileOf(string name) => Path.Combine(_folder, $"{name}.conf");

    [Fact]
    public async Task A_context_is_saved_for_its_owner_only_and_listed()
    {
        Assert.Equal(0, (await Context("add", "orders", "--connect", "tcp://localhost:5557", "--bind", "tcp://*:5558", "--type", "pull")).Code);

        var list = await Context("list");

        Assert.Equal(0, list.Code);
        Assert.Equal(
            string.Join(Environment.NewLine, "NAME    TYPE  BIND          CONNECT               SECURITY", "orders  pull  tcp://*:5558  tcp://localhost:5557  null", ""), list.Output);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FileOf("orders")));
    }

    [Fact]
    public async Task Secrets_come_from_the_environment_and_are_saved_and_not_shown()
    {
        var pair = new CurveKeyPair();
        var server = new CurveKeyPair().PublicKeyZ85;
        _environment["ACTORS_SECRET_KEY"] = pair.SecretKeyZ85!;

        Assert.Equal(0, (await Context("add", "vault", "--connect", "tcp://localhost:5557", "--server-key", server)).Code);

        var (show, json) = (await Context("show", "vault"), await Context("show", "vault", "--output", "json"));
        Assert.Contains("security.secret-key  (secret)", show.Output, StringComparison.Ordinal);
        Assert.Contains($"\"server-key\":{System.Text.Json.JsonSerializer.Serialize(server)}", json.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(pair.SecretKeyZ85!, show.Output + json.Output, StringComparison.Ordinal);
        Assert.Equal(pair.SecretKeyZ85, new ContextStore(_folder).Read("vault").Security.SecretKey);
    }

    [Fact]
    public async Task A_key_file_of_a_context_is_found_from_any_folder()
    {
        var file = _files.Write("client.key", "");
        CurveKeyFile.Write(file, new CurveKeyPair(), overwrite: true);
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, file);

        Assert.Equal(0, (await Context("add", "keyed", "--connect", "tcp://localhost:5557", "--server-key", new CurveKeyPair().PublicKeyZ85, "--key-file", relative)).Code);

        Assert.Equal(Path.GetFullPath(file), new ContextStore(_folder).Read("keyed").Security.KeyFile);
    }

    [Theory]
    [InlineData("@ne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID")]
    [InlineData("-ne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID")]
    public async Task A_key_that_begins_as_a_response_file_or_an_option_does_is_a_key(string key)
    {
        var added = await Context("add", "keyed", "--connect", "tcp://localhost:5557", "--server-key", key);

        Assert.Equal((0, ""), (added.Code, string.Join('|', added.Errors)));
        Assert.Equal(key, new ContextStore(_folder).Read("keyed").Security.ServerKey);
    }

    [Fact]
    public async Task A_context_is_not_written_over_without_force_and_is_removed()
    {
        await Context("add", "orders", "--connect", "tcp://localhost:5557");

        var again = await Context("add", "orders", "--connect", "tcp://localhost:6000");
        Assert.Equal((1, "add: the context \"orders\" is there already: expected a new name, or --force to write over it"), (again.Code, Assert.Single(again.Errors)));
        Assert.Equal(0, (await Context("add", "orders", "--connect", "tcp://localhost:6000", "--force")).Code);
        Assert.Equal(["tcp://localhost:6000"], new ContextStore(_folder).Read("orders").Connect);

        Assert.Equal(0, (await Context("remove", "orders")).Code);
        var gone = await Context("show", "orders");
        Assert.Equal(2, gone.Code);
        Assert.StartsWith("show: there is no context \"orders\"", Assert.Single(gone.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData(".hidden")]
    [InlineData("a b")]
    public async Task A_name_that_leads_elsewhere_is_refused(string name)
    {
        var add = await Context("add", name, "--connect", "tcp://localhost:5557");

        Assert.Equal(2, add.Code);
        Assert.Contains("is no name of a context", Assert.Single(add.Errors), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_context_that_others_may_read_is_refused()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no modes of files");
        await Context("add", "orders", "--connect", "tcp://localhost:5557");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(FileOf("orders"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        var show = await Context("show", "orders");

        Assert.Equal(2, show.Code);
        Assert.Contains("has the mode 0640", Assert.Single(show.Errors), StringComparison.Ordinal);
        Assert.Contains("expected 0600", show.Errors[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mistake_in_the_file_of_a_context_is_named_with_its_line()
    {
        await Context("add", "orders", "--connect", "tcp://localhost:5557");
        await File.AppendAllTextAsync(FileOf("orders"), "securty.mechanism = curve\n");

        var show = await Context("show", "orders");

        Assert.Equal(2, show.Code);
        Assert.Contains("orders.conf:4: securty is no key of a context: expected bind, connect, type, security", Assert.Single(show.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"localhost:5557\" is not an endpoint", "--connect", "localhost:5557")]
    [InlineData("\"tcp://*:5557\" connects to \"*\"", "--connect", "tcp://*:5557")]
    [InlineData("\"inproc://a\" stays within one process", "--bind", "inproc://a")]
    [InlineData("there is no endpoint", "--type", "push")]
    [InlineData("--server-key is \"nowhere.pub\", which is neither 40 characters of Z85 nor a file", "--connect", "tcp://localhost:5557", "--server-key", "nowhere.pub")]
    [InlineData("--security is plain, and there are options of another mechanism", "--connect", "tcp://localhost:5557", "--security", "plain", "--server-key", "nowhere.pub")]
    [InlineData("--username has no password: expected --password-file FILE or ACTORS_PASSWORD", "--connect", "tcp://localhost:5557", "--username", "joe")]
    [InlineData("--clients is missing", "--bind", "tcp://*:5557", "--security", "curve", "--key-file", "KEYS")]
    public async Task Endpoints_and_keys_that_cannot_work_are_refused_with_what_was_expected(string expected, params string[] arguments)
    {
        var keys = _files.Write("server.key", "");
        CurveKeyFile.Write(keys, new CurveKeyPair(), overwrite: true);

        var add = await Context(["add", "orders", .. arguments.Select(one => one == "KEYS" ? keys : one)]);

        Assert.Equal(2, add.Code);
        Assert.Contains(expected, Assert.Single(add.Errors), StringComparison.Ordinal);
        Assert.False(File.Exists(FileOf("orders")));
    }
}

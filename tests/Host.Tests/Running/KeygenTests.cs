using System.CommandLine;
using Actors.Host;
using Actors.Transport;
using Host.Tests.Configuration;

namespace Host.Tests.Running;

/// <summary>The command <c>keygen</c>.</summary>
public sealed class KeygenTests : IDisposable
{
    private readonly TemporaryFiles _files = new();
    private readonly string _file;

    public KeygenTests() => _file = Path.Combine(Path.GetDirectoryName(_files.Write("beside", ""))!, "server.key");

    public void Dispose() => _files.Dispose();

    private static async Task<(int Code, string Output, string Errors)> Run(params string[] arguments)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var code = await CommandLine.Parse(["keygen", .. arguments]).InvokeAsync(new InvocationConfiguration { Output = output, Error = errors });
        return (code, output.ToString(), errors.ToString());
    }

    [Fact]
    public async Task Keygen_writes_a_pair_and_prints_its_public_key_only()
    {
        var (code, output, errors) = await Run(_file);

        var pair = CurveKeyFile.Read(_file);
        Assert.Equal((0, $"{pair.PublicKeyZ85}{Environment.NewLine}", ""), (code, output, errors));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_file));
    }

    [Fact]
    public async Task Keygen_does_not_write_over_a_file_without_force()
    {
        await Run(_file);
        var before = await File.ReadAllTextAsync(_file);

        var (code, output, errors) = await Run(_file);
        Assert.Equal((1, ""), (code, output));
        Assert.Equal($"{_file} is there already: expected a new file, or --force to lose the pair in it{Environment.NewLine}", errors);
        Assert.Equal(before, await File.ReadAllTextAsync(_file));

        Assert.Equal(0, (await Run(_file, "--force")).Code);
        Assert.NotEqual(before, await File.ReadAllTextAsync(_file));
    }

    [Fact]
    public async Task Keygen_says_why_a_file_cannot_be_written()
    {
        var (code, _, errors) = await Run(Path.Combine(_file, "nowhere", "server.key"));

        Assert.Equal(1, code);
        Assert.StartsWith(Path.Combine(_file, "nowhere", "server.key") + " cannot be written: ", errors, StringComparison.Ordinal);
    }
}

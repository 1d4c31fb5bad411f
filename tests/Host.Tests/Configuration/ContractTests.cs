using Actors.Host.Grains;
using Actors.Hosting.Configuration;

namespace Host.Tests.Configuration;

/// <summary><c>check</c> and the start of the host tell what each role promises with the settings that it has.</summary>
public sealed class ContractTests : IDisposable
{
    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Every_role_of_the_shipped_files_has_its_contract_explained()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "config"), "*.conf"))
        {
            foreach (var role in PlanReader.Read(ConfigFile.Load(file, []), [], TextWriter.Null, part: new GrainsPart()).Roles)
            {
                var lines = Explain(role);
                Assert.StartsWith($"{role.Name}: {role.Pattern.ToString().ToLowerInvariant()} on ", lines[0], StringComparison.Ordinal);
                Assert.Equal(["  promises  ", "  may lose  ", "  counts    "], lines[1..].Select(line => line[..12]));
                Assert.All(lines, line => Assert.True(line.Length > 13, $"{file}, {role.Name}: \"{line}\" says nothing"));
            }
        }
    }

    [Theory]
    [InlineData("delivery = plain", "messages go to connected peers in turn")]
    [InlineData("delivery = acknowledged", "sent again until a peer has acknowledged it, up to 10 times")]
    [InlineData("delivery = acknowledged, acknowledged { max-tries = 3 }", "up to 3 times")]
    public void The_contract_follows_the_settings(string keys, string expected)
    {
        var file = _files.Write("push.conf", $"roles {{ push {{ pattern = push, connect = \"tcp://localhost:1\", {keys} }} }}");
        var role = PlanReader.Read(ConfigFile.Load(file, []), [], TextWriter.Null, part: new GrainsPart()).Roles.Single();

        Assert.Contains(expected, role.Contract.Promise, StringComparison.Ordinal);
        using var announced = new StringWriter();
        ContractText.Announce(role, announced);
        Assert.StartsWith("push: push on tcp://localhost:1: ", announced.ToString(), StringComparison.Ordinal);
        Assert.Contains(expected, announced.ToString(), StringComparison.Ordinal);
    }

    private static string[] Explain(RolePlan role)
    {
        using var output = new StringWriter();
        ContractText.Explain(role, output);
        return output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
    }
}

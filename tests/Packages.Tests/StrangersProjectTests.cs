namespace Packages.Tests;

/// <summary>Projects outside the repository, which know nothing but the packages.</summary>
public sealed class StrangersProjectTests(PackedPackages packages) : IClassFixture<PackedPackages>
{
    [Fact]
    public void Packing_Actors_Hosting_packs_what_it_depends_on() => Assert.Equal(["Actors", "Actors.Hocon", "Actors.Hosting", "Actors.Transport", "Actors.Zmtp"], packages.Names);

    [Theory]
    [InlineData("netmq")]
    [InlineData("zmtp")]
    public async Task An_app_of_Akka_Hosting_runs_a_push_and_a_pull_role(string engine)
    {
        var printed = await packages.Run("app", "run", "--", engine);

        Assert.Contains("hello from a stranger", printed.Split('\n').Select(line => line.TrimEnd()));
    }

    [Fact]
    public async Task A_handler_is_tested_with_the_genuine_TestKit()
    {
        var printed = await packages.Run("handler-test", "test");

        Assert.Contains("Passed!", printed, StringComparison.Ordinal);
    }
}

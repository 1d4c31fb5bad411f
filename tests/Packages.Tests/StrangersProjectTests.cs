namespace Packages.Tests;

/// <summary>Projects outside the repository, which know nothing but the packages.</summary>
[Collection(PackagesCollection.Name)]
public sealed class StrangersProjectTests(PackedPackages packages)
{
    public static TheoryData<string> Libraries => [.. Shipped.Libraries];

    [Theory]
    [MemberData(nameof(Libraries))]
    public async Task The_program_of_a_README_runs_in_an_empty_project_with_that_package_only(string library) =>
        packages.Readmes[library].Check(await packages.Run($"{library}.Readme", $"{library}.Readme"));

    [Theory]
    [InlineData("netmq")]
    [InlineData("zmtp")]
    public async Task An_app_of_Akka_Hosting_runs_a_push_and_a_pull_role(string engine)
    {
        var printed = await packages.Run("app", "app", engine);

        Assert.Contains("hello from a stranger", printed.Split('\n').Select(line => line.TrimEnd()));
    }

    [Fact]
    public async Task A_handler_is_tested_with_the_genuine_TestKit() => Assert.Contains("Passed!", await packages.Test("handler-test"), StringComparison.Ordinal);

    [Theory]
    [InlineData("my-shop")]
    [InlineData("Bank")]
    public async Task The_tests_of_a_project_made_from_a_template_pass(string name) => Assert.Contains("Passed!", await packages.Test($"{name}/{name}.slnx"), StringComparison.Ordinal);

    [Fact]
    public void A_template_takes_the_options_that_its_user_gives() =>
        Assert.Contains("actors.transport.engine = zmtp", File.ReadAllText(packages.PathOf("projects", "my-shop", "src", "my-shop", "roles.conf")), StringComparison.Ordinal);
}

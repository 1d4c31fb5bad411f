using System.Reflection;
using PublicApiGenerator;

namespace Api.Tests;

/// <summary>
/// What users can name of each library is on record, in a file beside this one. A change of it shows in a review, and is made on purpose.
/// </summary>
public sealed class PublicApiTests
{
    private const string Acceptance = "ACCEPT_API";

    private static readonly string s_records = Path.Combine(
        typeof(PublicApiTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "RepositoryRoot").Value!, "tests", "Api.Tests", "Records");

    private static readonly string[] s_libraries =
        [.. Directory.GetFiles(AppContext.BaseDirectory, "Actors*.dll").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Libraries => [.. s_libraries];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void The_public_API_is_the_one_on_record(string library)
    {
        var options = new ApiGeneratorOptions { IncludeAssemblyAttributes = false };
        var api = Assembly.Load(library).GeneratePublicApi(options).ReplaceLineEndings("\n").TrimEnd() + "\n";
        var record = Path.Combine(s_records, $"{library}.txt");
        if (Environment.GetEnvironmentVariable(Acceptance) == "1")
        {
            Directory.CreateDirectory(s_records);
            File.WriteAllText(record, api);
        }
        var recorded = File.Exists(record) ? File.ReadAllText(record).ReplaceLineEndings("\n") : "";

        Assert.True(api == recorded, $"""
            The public API of {library} is not the one in {record}:
            {string.Join('\n', Differences(recorded, api))}
            If that is intended, `{Acceptance}=1 dotnet test tests/Api.Tests` puts it on record; commit the file with the change, and tell users in CHANGELOG.md.
            """);
    }

    [Fact]
    public void Each_record_is_of_a_library()
    {
        var records = Directory.GetFiles(s_records, "*.txt").Select(path => Path.GetFileNameWithoutExtension(path));

        Assert.Empty(records.Except(s_libraries));
    }

    [Fact]
    public void A_difference_names_the_lines_that_came_and_went() => Assert.Equal(["- b", "+ c"], Differences("a\nb\nd\n", "a\nc\nd\n"));

    /// <summary>The lines that one text has more often than the other, those that went first.</summary>
    private static IEnumerable<string> Differences(string before, string now)
    {
        return Extra(before, now).Select(line => $"- {line}").Concat(Extra(now, before).Select(line => $"+ {line}"));

        static List<string> Extra(string text, string other)
        {
            var left = other.Split('\n').CountBy(line => line).ToDictionary();
            return [.. text.Split('\n').Where(line => (left[line] = left.GetValueOrDefault(line) - 1) < 0)];
        }
    }
}

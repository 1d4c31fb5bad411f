namespace Fuzz.Tests;

/// <summary>A slice of the fuzzing for every build; longer runs are started with the program, tests/Fuzz.</summary>
public class FuzzSliceTests
{
    private const int Runs = 300;

    public static TheoryData<string> Targets => [.. FuzzTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Damaged_input_ends_its_own_connection_at_most(string target) => FuzzTargets.Named(target).Run(firstSeed: 1, Runs);
}

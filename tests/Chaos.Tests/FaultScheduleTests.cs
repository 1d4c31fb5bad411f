using Chaos.Faults;

namespace Chaos.Tests;

public sealed class FaultScheduleTests
{
    private static readonly FaultChoice[] Choices = [.. FaultChoice.Of([FaultKind.Kill, FaultKind.Freeze], "worker1", "worker2")];

    [Fact]
    public void A_seed_gives_the_same_faults_again()
    {
        var once = FaultChoice.Schedule(new Random(42), Choices, 20, 1000);
        var again = FaultChoice.Schedule(new Random(42), Choices, 20, 1000);
        var other = FaultChoice.Schedule(new Random(43), Choices, 20, 1000);

        Assert.Equal(once, again);
        Assert.NotEqual(once, other);
        Assert.All(once, fault => Assert.InRange(fault.After, 100, 899));
    }

    [Fact]
    public void Faults_that_come_together_come_after_the_same_message()
    {
        var faults = FaultChoice.Schedule(new Random(42), Choices, 20, 1000, together: true);

        Assert.Single(faults.Select(fault => fault.After).Distinct());
    }
}

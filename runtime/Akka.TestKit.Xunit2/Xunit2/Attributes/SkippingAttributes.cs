using Xunit;

namespace Akka.TestKit.Xunit2.Attributes;

/// <summary>A fact that is skipped, with the reason <see cref="SkipLocal"/>, where XUNIT_SKIP_LOCAL_FACT is "true".</summary>
public class LocalFactAttribute : FactAttribute
{
    private string? _skip;

    public override string? Skip
    {
        get => _skip ?? (LocalTests.AreSkipped("XUNIT_SKIP_LOCAL_FACT") ? SkipLocal ?? "Local facts are being skipped" : null);
        set => _skip = value;
    }

    public string? SkipLocal { get; set; }
}

/// <summary>A theory that is skipped, with the reason <see cref="SkipLocal"/>, where XUNIT_SKIP_LOCAL_THEORY is "true".</summary>
public class LocalTheoryAttribute : TheoryAttribute
{
    private string? _skip;

    public override string? Skip
    {
        get => _skip ?? (LocalTests.AreSkipped("XUNIT_SKIP_LOCAL_THEORY") ? SkipLocal ?? "Local theories are being skipped" : null);
        set => _skip = value;
    }

    public string? SkipLocal { get; set; }
}

/// <summary>A fact that is skipped, with the reason <see cref="SkipUnix"/>, where the system is not Windows.</summary>
public class WindowsFactAttribute : FactAttribute
{
    private string? _skip;

    public override string? Skip
    {
        get => _skip ?? (OperatingSystem.IsWindows() ? null : SkipUnix ?? "Only for Windows");
        set => _skip = value;
    }

    public string? SkipUnix { get; set; }
}

internal static class LocalTests
{
    public static bool AreSkipped(string variable) =>
        string.Equals(Environment.GetEnvironmentVariable(variable), "true", StringComparison.OrdinalIgnoreCase);
}

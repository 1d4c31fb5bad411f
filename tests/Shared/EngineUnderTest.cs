using System.Reflection;

/// <summary>The engine that this run of the tests is on: <c>netmq</c>, or <c>zmtp</c> in the projects whose names end in <c>.Zmtp</c>.</summary>
internal static class EngineUnderTest
{
    public static string Name { get; } = typeof(EngineUnderTest).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "Engine").Value!;

    public static bool IsZmtp => Name == "zmtp";

    /// <summary>The engine in HOCON, for an actor system.</summary>
    public static string Config => $"{Setting}\n";

    /// <summary>The engine as an argument of <c>--set</c>, for a host.</summary>
    public static string Setting => $"actors.transport.engine={Name}";

    /// <summary>Skips the test on netmq, with what it lacks as the reason.</summary>
    public static void NeedsZmtp(string because) => Skip.IfNot(IsZmtp, $"the engine netmq {because}");

    /// <summary>Skips the test on zmtp, because it does the same on both engines; says why.</summary>
    public static void IsNoMatter(string because) => Skip.If(IsZmtp, $"the engine does not matter: {because}; it is tested on netmq");
}

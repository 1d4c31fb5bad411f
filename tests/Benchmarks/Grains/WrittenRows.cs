namespace Benchmarks.Grains;

/// <summary>The rows that both sides write.</summary>
internal static class WrittenRows
{
    public const int Keys = 10_000;
    public const int Batch = 64;
    public const int BodySize = 100;
    public const string Kind = "counter";

    public static string Key(int number) => $"key-{number}";
}

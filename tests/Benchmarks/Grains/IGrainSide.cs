namespace Benchmarks.Grains;

/// <summary>A process that hosts grains: ours or Orleans'. Both have the same grains, and are asked in the same way.</summary>
internal interface IGrainSide : IAsyncDisposable
{
    /// <summary>A call of the counter of a key. The reference is made once.</summary>
    Func<Task<long>> Counter(string key);

    /// <summary>A call of a grain that calls the counter of the same key.</summary>
    Func<Task<long>> Relay(string key);
}

/// <summary>A side by its name.</summary>
internal static class GrainSides
{
    public const string Ours = "ours";
    public const string Orleans = "orleans";

    /// <summary>A plain program on the store, without grains.</summary>
    public const string Raw = "raw";

    public static async Task<IGrainSide> Start(string name) => name switch
    {
        Ours => await OurSide.Start().ConfigureAwait(false),
        Orleans => await OrleansSide.Start().ConfigureAwait(false),
        _ => throw new ArgumentException($"Unknown side \"{name}\"; expected {Ours} or {Orleans}."),
    };
}

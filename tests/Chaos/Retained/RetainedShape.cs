namespace Chaos.Retained;

/// <summary>What a publisher keeps, and who subscribes.</summary>
/// <param name="LastValues">Whether it keeps the last value of each topic; otherwise a window.</param>
/// <param name="Count">How many of the latest messages it keeps.</param>
/// <param name="SlowSubscriber">In the word of the configuration.</param>
/// <param name="SlowHandler">Whether the handler of one of our subscribers is slower than the publisher.</param>
internal sealed record RetainedShape(bool LastValues, int Count, string SlowSubscriber, bool SlowHandler)
{
    /// <summary>A window or last values, small enough that gaps come or large enough that none does.</summary>
    public static RetainedShape Random(Random random, bool lastValues, bool slowHandler)
    {
        int[] counts = slowHandler ? [50, 200] : [50, 400, 5000];
        return new RetainedShape(lastValues, counts[random.Next(counts.Length)], random.Next(2) == 0 ? "drop" : "disconnect", slowHandler);
    }
}

namespace Actors.Transport;

/// <summary>Ends an engine that blocks until its sockets are closed, and waits no longer than a limit.</summary>
internal static class EngineEnd
{
    /// <param name="limit">How long to wait.</param>
    /// <param name="engine">The engine's name.</param>
    /// <param name="end">Ends it; goes on in the background behind the limit.</param>
    /// <exception cref="TimeoutException">The limit has passed.</exception>
    public static void Within(TimeSpan limit, string engine, Action end)
    {
        var ended = new ManualResetEventSlim();
        new Thread(() =>
        {
            end();
            ended.Set();
        })
        { IsBackground = true, Name = $"end of {engine}" }.Start();
        if (!ended.Wait(limit > TimeSpan.Zero ? limit : TimeSpan.Zero))
            throw new TimeoutException($"the engine {engine} has not closed its sockets within {limit.TotalMilliseconds:F0} ms; whether they have sent everything is not known");
    }
}

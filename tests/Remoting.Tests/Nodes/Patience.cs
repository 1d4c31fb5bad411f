using System.Threading.Channels;

namespace Remoting.Tests.Nodes;

/// <summary>Waits for events, and says what was missing.</summary>
internal static class Patience
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static async Task<T> Expect<T>(this Task<T> task, string what)
    {
        try
        {
            return await task.WaitAsync(Limit).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Missing after {Limit.TotalSeconds} s: {what}.");
        }
    }

    /// <summary>Reads until something of a kind comes.</summary>
    public static async Task<T> Next<T>(this ChannelReader<object> events, string what, Predicate<T>? condition = null)
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            while (true)
            {
                if (await events.ReadAsync(limit.Token).ConfigureAwait(false) is T wanted && (condition is null || condition(wanted))) return wanted;
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"Missing after {Limit.TotalSeconds} s: {what}.");
        }
    }
}

using System.Runtime.CompilerServices;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>Receives that many messages, within what remains of the Within block or the default.</summary>
    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, CancellationToken cancellationToken = default) =>
        ReceiveAll(numberOfMessages, RemainingOrDefault, cancellationToken);

    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default) =>
        ReceiveAll(numberOfMessages, RemainingOrDilated(max), cancellationToken);

    public IAsyncEnumerable<object> ReceiveNAsync(int numberOfMessages, CancellationToken cancellationToken = default) =>
        ReceiveEachAsync(numberOfMessages, RemainingOrDefault, cancellationToken);

    public IAsyncEnumerable<object> ReceiveNAsync(
        int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default) =>
        ReceiveEachAsync(numberOfMessages, RemainingOrDilated(max), cancellationToken);

    private List<object> ReceiveAll(int count, TimeSpan max, CancellationToken token)
    {
        var received = new List<object>(count);
        var end = Now + max;
        while (received.Count < count)
        {
            if (!Take(TimeLeft(end), token, out var envelope))
            {
                throw Failure(TooFew(count, max, received));
            }

            received.Add(envelope.Message);
        }

        return received;
    }

    private async ValueTask<List<object>> ReceiveAllAsync(int count, TimeSpan max, CancellationToken token)
    {
        var received = new List<object>(count);
        await foreach (var message in ReceiveEachAsync(count, max, token))
        {
            received.Add(message);
        }

        return received;
    }

    private async IAsyncEnumerable<object> ReceiveEachAsync(
        int count, TimeSpan max, [EnumeratorCancellation] CancellationToken token)
    {
        var received = new List<object>(count);
        var end = Now + max;
        while (received.Count < count)
        {
            var (success, envelope) = await TakeAsync(TimeLeft(end), token);
            if (!success)
            {
                throw Failure(TooFew(count, max, received));
            }

            received.Add(envelope.Message);
            yield return envelope.Message;
        }
    }

    private static string TooFew(int count, TimeSpan max, List<object> received) =>
        $"Failed: Timeout {max} while expecting {count} messages. Only got {received.Count}: "
        + $"[{string.Join(", ", received.Select(Describe))}].";
}

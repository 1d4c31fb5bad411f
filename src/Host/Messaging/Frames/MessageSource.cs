using System.Runtime.CompilerServices;

namespace Actors.Host.Messaging.Frames;

/// <summary>Messages to send.</summary>
/// <param name="Messages">They end by themselves, or never.</param>
/// <param name="Total">How many there are; null where that is not known.</param>
/// <param name="IsEndless">The user ends them, by Ctrl-C.</param>
/// <param name="IsTyped">The user types them, so that nothing else may draw on the terminal.</param>
internal sealed record MessageSource(IAsyncEnumerable<ReadOnlyMemory<byte>[]> Messages, long? Total, bool IsEndless, bool IsTyped = false);

/// <summary>Makes a message of the frames of the command line, each time anew.</summary>
/// <param name="makers">A frame each: of the number of the message, the time and the request.</param>
internal sealed class FrameMaker(Func<long, DateTimeOffset, IReadOnlyList<ReadOnlyMemory<byte>>?, ReadOnlyMemory<byte>>[] makers)
{
    public ReadOnlyMemory<byte>[] Make(long number, DateTimeOffset now, IReadOnlyList<ReadOnlyMemory<byte>>? request = null) =>
        Array.ConvertAll(makers, maker => maker(number, now, request));

    /// <summary>So many messages; null is without end.</summary>
    public MessageSource Source(long? count, TimeProvider time, CancellationToken stop) => new(Many(count, time, stop), count, count is null);

    private async IAsyncEnumerable<ReadOnlyMemory<byte>[]> Many(long? count, TimeProvider time, [EnumeratorCancellation] CancellationToken stop)
    {
        for (var number = 1L; count is null || number <= count; number++)
        {
            stop.ThrowIfCancellationRequested();
            yield return Make(number, time.GetUtcNow());
        }
        await Task.CompletedTask;
    }
}

using System.Runtime.InteropServices;

namespace Actors.Zmtp.Pipes;

/// <summary>
/// The counters by which the two sides of one direction of a pipe tell each other of messages and room. Each group has cache lines of its own: the one who
/// writes it does not slow down the one who reads the other.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 512)]
internal struct PipeCounters
{
    /// <summary>Whole messages that can be read. Written by the writer.</summary>
    [FieldOffset(128)]
    public long Published;

    /// <summary>Their bytes. Written before <see cref="Published"/>, and never behind it.</summary>
    [FieldOffset(136)]
    public long PublishedBytes;

    /// <summary>Nothing more will be published.</summary>
    [FieldOffset(144)]
    public bool WriterClosed;

    /// <summary>Messages that were read. Written by the reader, from time to time.</summary>
    [FieldOffset(256)]
    public long Consumed;

    /// <summary>Their bytes.</summary>
    [FieldOffset(272)]
    public long ConsumedBytes;

    /// <summary>Nobody reads any more; what is written is lost.</summary>
    [FieldOffset(264)]
    public bool ReaderClosed;

    /// <summary>Messages that the reader had taken or dropped when it closed. Written before <see cref="ReaderClosed"/>.</summary>
    [FieldOffset(280)]
    public long ReaderEnd;

    /// <summary>The reader found nothing and wants a signal.</summary>
    [FieldOffset(384)]
    public int ReaderIdle;

    /// <summary>The writer found the pipe full and wants a signal.</summary>
    [FieldOffset(388)]
    public int WriterWaiting;
}

/// <summary>One direction of a pipe: the blocks between a writer and a reader, and what they tell each other.</summary>
/// <param name="highWatermark">The most messages in the pipe; zero means no limit.</param>
/// <param name="lowWatermark">The number of messages at which a waiting writer is told to go on; zero means half of the high one.</param>
internal sealed class PipeState(int highWatermark, int lowWatermark)
{
    public PipeCounters Counters;

    /// <summary>The most messages in the pipe; zero means no limit. Raised once, when an inproc pipe finds its other end.</summary>
    public int HighWatermark { get; set; } = highWatermark;

    public int LowWatermark => lowWatermark > 0 && lowWatermark < HighWatermark ? lowWatermark : HighWatermark / 2;

    /// <summary>The first block; set when the reader begins.</summary>
    public Block First { get; } = BlockPool.RentSmall();

    /// <summary>The reader, which hears of a new message or of the end after it was idle.</summary>
    public IPipeSide? Reader;

    /// <summary>The writer, which hears of room or of the reader's end after it was waiting.</summary>
    public IPipeSide? Writer;

    public void WakeReader()
    {
        if (Volatile.Read(ref Counters.ReaderIdle) != 0 && Interlocked.Exchange(ref Counters.ReaderIdle, 0) != 0)
        {
            Reader?.CanRead();
        }
    }

    public void WakeWriter()
    {
        if (Volatile.Read(ref Counters.WriterWaiting) != 0 && Interlocked.Exchange(ref Counters.WriterWaiting, 0) != 0)
        {
            Writer?.CanWrite();
        }
    }
}

/// <summary>One who owns an end of a pipe. Called on the thread of the other side.</summary>
internal interface IPipeSide
{
    void CanRead();

    void CanWrite();
}

namespace Actors.Zmtp.Pipes;

/// <summary>One direction of a pipe: a queue between the writer and the reader, or a queue for each and only the last message between them.</summary>
internal sealed class PipeDirection
{
    private PipeDirection(PipeState writer, PipeState reader, Conflation? conflation)
    {
        Writer = writer;
        Reader = reader;
        Conflation = conflation;
    }

    /// <summary>The writer's end.</summary>
    public PipeState Writer { get; }

    /// <summary>The reader's end; the same as the writer's where all messages are kept.</summary>
    public PipeState Reader { get; }

    /// <summary>Keeps the last message; null where all are kept.</summary>
    public Conflation? Conflation { get; }

    /// <summary>The marks count only where all messages are kept.</summary>
    public static PipeDirection Create(bool keepsLastOnly, int highWatermark, int lowWatermark)
    {
        if (keepsLastOnly)
        {
            Conflation conflation = new();
            return new PipeDirection(conflation.Written, conflation.Read, conflation);
        }

        PipeState queue = new(highWatermark, lowWatermark);
        return new PipeDirection(queue, queue, null);
    }
}

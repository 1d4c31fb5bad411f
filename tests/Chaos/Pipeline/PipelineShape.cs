namespace Chaos.Pipeline;

/// <summary>Whose programs the ends of a pipeline are.</summary>
internal enum PipelineEnds
{
    /// <summary>Hosts of ours with acknowledged delivery.</summary>
    Acknowledged,

    /// <summary>Hosts of ours with plain delivery.</summary>
    Plain,

    /// <summary>The document's programs on libzmq.</summary>
    Libzmq,
}

/// <summary>What stands between the push end and the pull end of a run, and how it is set.</summary>
internal sealed record PipelineShape
{
    public PipelineEnds Ends { get; init; } = PipelineEnds.Acknowledged;

    /// <summary>Workers of the same kind as the ends.</summary>
    public int Workers { get; init; } = 2;

    /// <summary>Acknowledging workers of examples/python, on pyzmq.</summary>
    public int PythonWorkers { get; init; }

    /// <summary>Whether examples/python/source.py is the push end.</summary>
    public bool PythonSource { get; init; }

    /// <summary>Whether examples/python/sink.py is the pull end.</summary>
    public bool PythonSink { get; init; }

    /// <summary>How long the workers, other than those, work on each message.</summary>
    public int WorkMicroseconds { get; init; }

    /// <summary>Whether the connections go through proxies, which faults of links need; without, no bound end may be killed.</summary>
    public bool Proxied { get; init; } = true;

    /// <summary>Whether the push host keeps a journal.</summary>
    public bool PushJournal { get; init; }

    /// <summary>Whether the pull host keeps a journal.</summary>
    public bool PullJournal { get; init; }

    /// <summary>How far the journals go to the disk: full or normal.</summary>
    public string JournalSync { get; init; } = "full";

    /// <summary>Small values make the ends notice faults within a short run; null leaves the shipped ones.</summary>
    public AcknowledgedTimes? Times { get; init; }
}

/// <summary>Settings of acknowledged roles, in the words of the configuration.</summary>
internal sealed record AcknowledgedTimes(int HeartbeatMilliseconds, int SilenceMilliseconds, int DeadlineMilliseconds, int Credit, int MaxTries)
{
    /// <summary>Settings under which every way to notice a fault is used in some run.</summary>
    public static AcknowledgedTimes Random(Random random) => new(
        HeartbeatMilliseconds: 30,
        SilenceMilliseconds: 120,
        DeadlineMilliseconds: Pick(random, 150, 600, 5000),
        Credit: Pick(random, 8, 32, 256),
        // So many that what is given up was given up for a reason.
        MaxTries: 1000);

    private static int Pick(Random random, params int[] choices) => choices[random.Next(choices.Length)];
}

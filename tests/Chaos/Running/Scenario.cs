namespace Chaos.Running;

/// <summary>A system under test, the faults that are done to it, and what must hold at the end.</summary>
internal abstract class Scenario
{
    public abstract string Name { get; }

    /// <summary>A line for people.</summary>
    public abstract string Description { get; }

    /// <summary>How many messages a run has unless the command line says otherwise.</summary>
    public virtual int Messages => 2000;

    /// <summary>Whether a series without a named scenario has runs of it.</summary>
    public virtual bool InSeries => true;

    /// <summary>Far more than a run takes: it ends when something does not go on.</summary>
    public virtual TimeSpan Patience => TimeSpan.FromSeconds(90);

    /// <summary>Runs it once.</summary>
    /// <exception cref="ViolationException">Something did not hold.</exception>
    public abstract Task<RunReport> Run(RunContext run);

    /// <summary>Fails the run unless it holds.</summary>
    protected static void Require(bool holds, string what)
    {
        if (!holds) throw new ViolationException(what);
    }
}

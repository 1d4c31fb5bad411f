using Actors.Transport;
using Akka.Actor;
using Akka.Event;

namespace Actors;

/// <summary>
/// The base of the roles that may keep a journal. With one, a role opens its sockets when the journal is open, so that it is
/// ready only when it knows what was before. Without one, nothing here costs anything.
/// </summary>
internal abstract class JournalledActor : AcknowledgedActor
{
    protected JournalledActor(RoleSettings settings, AcknowledgedSettings acknowledged)
        : base(settings, acknowledged)
    {
    }

    /// <summary>Null when the role keeps none.</summary>
    protected abstract IJournalWriter? Journal { get; }

    protected sealed override bool IsOnRecord => Journal is not null;

    /// <summary>The journal is open: what it held goes into the ends.</summary>
    protected abstract void OnRecovered();

    /// <summary>This many more of the awaited entries are durable, in their order.</summary>
    protected abstract void OnCommitted(int entries);

    protected override void PreStart()
    {
        if (Journal is { } journal)
        {
            Counters.Journal = () => journal.Statistics;
            journal.Start();
        }
        else base.PreStart();
    }

    protected override void PostStop()
    {
        if (Journal?.Close() == false) Log.Warning("{0}: its journal did not close in time", Name);
        base.PostStop();
    }

    protected override RoleStatus Describe(RoleStatus status) => status with { Journal = Journal?.Status };

    protected override void OnOther(object message)
    {
        switch (message)
        {
            // This comes from the journal of the instance before a restart.
            case JournalMessage told when told.Journal != Journal: break;
            case JournalMessage told: OnJournal(told); break;
            default: base.OnOther(message); break;
        }
    }

    private void OnJournal(JournalMessage told)
    {
        switch (told)
        {
            case JournalCommitted committed:
                OnCommitted(committed.Awaited);
                break;
            case JournalOpened:
                OnRecovered();
                base.PreStart();
                break;
            case JournalNotOpened failed:
                StopBecauseOf(failed.Cause);
                break;
            case JournalStalled stalled:
                Log.Warning("{0}: {1}; it is tried again in {2} ms", Name, stalled.Cause.Message, stalled.RetryIn.TotalMilliseconds);
                Events.Publish(new JournalFailed(Name, stalled.Cause, stalled.RetryIn));
                break;
            case JournalResumed:
                Log.Info("{0}: its journal is written again", Name);
                Events.Publish(new JournalRecovered(Name));
                break;
            case JournalBroken broken:
                throw new InvalidOperationException($"{Name}: the writer of its journal has ended: {broken.Cause.Message}", broken.Cause);
        }
    }
}

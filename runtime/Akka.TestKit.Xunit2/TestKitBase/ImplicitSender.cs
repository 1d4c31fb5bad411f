using Akka.Actor;
using Akka.Actor.Internal;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    private ActorCell? _outerCell;
    private SynchronizationContext? _outerContext;
    private SynchronizationContext? _context;

    /// <summary>
    /// Makes the test actor the current cell of the test's thread, and with it the sender of what the test tells.
    /// </summary>
    private void EnterThread()
    {
        if (this is TestProbe)
        {
            return;
        }

        // A test that has ended on another thread may have left its cell on this one.
        _outerCell = InternalCurrentActorCellKeeper.Current is { IsTerminated: false } outer ? outer : null;
        _outerContext = SynchronizationContext.Current;
        if (this is INoImplicitSender)
        {
            InternalCurrentActorCellKeeper.Current = null;
            return;
        }

        var cell = (ActorCell)((ActorRefWithCell)_testActor).Underlying;
        InternalCurrentActorCellKeeper.Current = cell;
        _context = new ActorCellKeepingSynchronizationContext(cell);
        SynchronizationContext.SetSynchronizationContext(_context);
    }

    /// <summary>The thread goes back to where it came from: a pool, or a test with another TestKit.</summary>
    internal void LeaveThread()
    {
        InternalCurrentActorCellKeeper.Current = _outerCell;
        if (ReferenceEquals(SynchronizationContext.Current, _context))
        {
            SynchronizationContext.SetSynchronizationContext(_outerContext);
        }
    }
}

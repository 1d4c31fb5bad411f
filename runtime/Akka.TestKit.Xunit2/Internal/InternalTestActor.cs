using Akka.Actor;
using Akka.Event;

namespace Akka.TestKit.Internal;

/// <summary>The actor of a TestKit: puts what it receives into the queue that the expectations read.</summary>
internal sealed class InternalTestActor(TestQueue queue) : ActorBase
{
    private readonly DelegatingSupervisorStrategy _strategy = new();
    private TestActor.Ignore? _ignore;
    private AutoPilot _autoPilot = NoAutoPilot.Instance;

    protected override SupervisorStrategy SupervisorStrategy() => _strategy;

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case TestActor.SetIgnore setIgnore:
                _ignore = setIgnore.Ignore;
                return true;
            case TestActor.Watch watch:
                Context.Watch(watch.Actor);
                return true;
            case TestActor.Unwatch unwatch:
                Context.Unwatch(unwatch.Actor);
                return true;
            case TestActor.SetAutoPilot setAutoPilot:
                _autoPilot = setAutoPilot.AutoPilot;
                return true;
            case TestActor.Spawn spawn:
                var child = spawn.Apply(Context);
                if (spawn._supervisorStrategy.HasValue)
                {
                    _strategy.Update(child, spawn._supervisorStrategy.Value);
                }

                queue.Add(new RealMessageEnvelope(child, Self));
                return true;
            default:
                var next = _autoPilot.Run(Sender, message);
                if (next is not KeepRunning)
                {
                    _autoPilot = next;
                }

                if (_ignore is null || !_ignore(message))
                {
                    queue.Add(new RealMessageEnvelope(message, Sender));
                }

                return true;
        }
    }
}

using Actors.Grains.Calls;
using Akka.Actor;
using Akka.Cluster.Sharding;

namespace Actors.Grains.Runtime;

/// <summary>Hands calls of a stateless worker, which come from nodes without the kind, to the pool of this node.</summary>
internal sealed class WorkerEntity : ActorBase
{
    private readonly KindHost _host;

    public WorkerEntity(KindHost host)
    {
        _host = host;
        Context.SetReceiveTimeout(host.Options.IdleTimeout);
    }

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case GrainCall call:
                _host.Route.Workers!.Send(call);
                return true;
            case ReceiveTimeout:
                Context.Parent.Tell(new Passivate(PoisonPill.Instance));
                return true;
            case GrainEntity.HandOff:
                Context.Stop(Self);
                return true;
            default:
                return message is CancelCall;
        }
    }
}

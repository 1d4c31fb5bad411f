using Actors.Grains.Calls;
using Akka.Actor;
using Akka.Cluster.Sharding;

namespace Actors.Grains.Runtime;

/// <summary>The shard's child for a grain: it makes the activation, hands it what comes by the region, and ends with it.</summary>
internal sealed class GrainEntity : ActorBase, IActivationOwner
{
    private readonly KindHost _host;
    private readonly IActorRef _self;
    private readonly IActorRef _shard;
    private Activation? _activation;

    public GrainEntity(KindHost host)
    {
        _host = host;
        _self = Self;
        _shard = Context.Parent;
    }

    /// <summary>Sent by the shard when the activation has asked for its end.</summary>
    private sealed class StopIdle
    {
        public static readonly StopIdle Instance = new();
    }

    /// <summary>Sent by the shard when it moves to another node.</summary>
    public sealed class HandOff : INoSerializationVerificationNeeded
    {
        public static readonly HandOff Instance = new();
    }

    private sealed class HasEnded
    {
        public static readonly HasEnded Instance = new();
    }

    public void AskForEnd() => _shard.Tell(new Passivate(StopIdle.Instance), _self);

    public void Ended() => _self.Tell(HasEnded.Instance, _self);

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case GrainCall call:
                if (_activation is null) Activate(call);
                else if (!_activation.PostOnce(call)) call.Route.Runtime.SendAgain(call);
                return true;
            case CancelCall cancel:
                if (_activation is null) AskForEnd();
                else _activation.Post(new Step(activation => activation.CancelCall(cancel.Id)));
                return true;
            case StopIdle:
                End(DeactivationReason.Idle);
                return true;
            case HandOff:
                End(DeactivationReason.HandOff);
                return true;
            case HasEnded:
                Context.Stop(Self);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Its shard stops an entity whose grain takes too long to end.</summary>
    protected override void PostStop() => _activation?.Abandon();

    /// <summary>The first call brings the key.</summary>
    private void Activate(GrainCall first)
    {
        _activation = new Activation(_host, first.Key, this);
        _host.Remember(_activation);
        _activation.Start(first);
    }

    private void End(DeactivationReason reason)
    {
        if (_activation is null) Context.Stop(Self);
        else _activation.End(reason);
    }
}

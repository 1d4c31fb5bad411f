namespace Akka.Actor;

/// <summary>Makes actors in a way of its own, with a container for instance.</summary>
public interface IIndirectActorProducer
{
    /// <summary>The class of the actors that are made.</summary>
    Type ActorType { get; }

    /// <summary>Makes a new instance, each time.</summary>
    ActorBase Produce();

    /// <summary>Takes an instance back that has been replaced or has stopped.</summary>
    void Release(ActorBase actor);
}

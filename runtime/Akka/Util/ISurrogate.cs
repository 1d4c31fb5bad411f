using Akka.Actor;

namespace Akka.Util;

/// <summary>The form in which an object that belongs to an actor system travels or is stored.</summary>
public interface ISurrogate
{
    ISurrogated FromSurrogate(ActorSystem system);
}

/// <summary>An object that is replaced by a surrogate when it leaves its actor system.</summary>
public interface ISurrogated
{
    ISurrogate ToSurrogate(ActorSystem system);
}

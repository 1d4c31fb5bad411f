using Akka.Actor;

namespace Actors.Hosting;

/// <summary>Makes a handler by dependency injection, and tells whether that worked: its role only sees that a handler has stopped.</summary>
/// <param name="injected">Props of the dependency injection; first asked for when the actor system runs.</param>
/// <param name="type">The handler's type.</param>
/// <param name="made">Told the cause of a failure, and null of a success, on the thread that makes the handler.</param>
internal sealed class InjectedHandler(Func<Props> injected, Type type, Action<Exception?> made) : IIndirectActorProducer
{
    public Type ActorType => type;

    public ActorBase Produce()
    {
        try
        {
            var handler = injected().NewActor();
            made(null);
            return handler;
        }
        catch (Exception cause)
        {
            // Of the exceptions around it, none tells the user more.
            made(cause.GetBaseException());
            throw;
        }
    }

    public void Release(ActorBase actor)
    {
    }
}

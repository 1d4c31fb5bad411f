namespace Akka.Actor;

/// <summary>The base of the errors of the actor kernel.</summary>
public abstract class AkkaException : Exception
{
    protected AkkaException()
    {
    }

    protected AkkaException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }

    protected Exception? Cause => InnerException;
}

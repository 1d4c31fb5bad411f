namespace Actors.Transport;

/// <summary>A socket could not be bound or connected because of one of its endpoints.</summary>
public abstract class EndpointException : Exception
{
    private protected EndpointException(string endpoint, string fault, Exception cause)
        : base($"{endpoint} {fault}", cause)
    {
        Endpoint = endpoint;
    }

    /// <summary>The endpoint as it was configured.</summary>
    public string Endpoint { get; }
}

/// <summary>An endpoint that was to be bound belongs to another socket of this machine. It may be free later.</summary>
public sealed class EndpointInUseException : EndpointException
{
    /// <summary>Names the endpoint.</summary>
    public EndpointInUseException(string endpoint, Exception cause)
        : base(endpoint, "is in use by another socket on this machine", cause)
    {
    }
}

/// <summary>An endpoint cannot be bound or connected now: its name is not known, or its address is not one of this machine, say. That may change.</summary>
public sealed class EndpointUnavailableException : EndpointException
{
    /// <summary>Names the endpoint and what the engine says.</summary>
    public EndpointUnavailableException(string endpoint, string fault, Exception cause)
        : base(endpoint, $"cannot be used: {fault}", cause)
    {
    }
}

/// <summary>The engine cannot use the endpoint at all; trying again would not help.</summary>
public sealed class EndpointNotSupportedException : EndpointException
{
    /// <summary>Names the endpoint, the engine and what it says.</summary>
    public EndpointNotSupportedException(string endpoint, string engine, Exception cause)
        : base(endpoint, $"cannot be used by the engine {engine}: {cause.Message}", cause)
    {
    }
}

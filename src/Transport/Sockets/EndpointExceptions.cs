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

/// <summary>The ZeroMQ library that this runs on has no such transport; the genuine NetMQ, for one, has no ws.</summary>
public sealed class EndpointNotSupportedException : EndpointException
{
    /// <summary>Names the endpoint and its transport.</summary>
    public EndpointNotSupportedException(string endpoint, Exception cause)
        : base(endpoint, $"cannot be used: the ZeroMQ library that this runs on has no transport \"{endpoint.Split(':')[0]}\"", cause)
    {
    }
}

namespace Actors;

/// <summary>Published on the event stream: a try of a request got no reply, and another follows.</summary>
/// <param name="Role">The request role's name.</param>
/// <param name="Tries">The tries so far.</param>
/// <param name="Server">The server of the last try.</param>
/// <param name="Cause">Why it ended.</param>
/// <param name="RetryIn">The wait before the next try, which also waits for a connected server.</param>
public sealed record RequestRetried(string Role, int Tries, string Server, string Cause, TimeSpan RetryIn);

/// <summary>Published on the event stream: a request came again to a reply role that works on it once.</summary>
/// <param name="Role">The reply role's name.</param>
/// <param name="Answered">True when the reply was sent again; false while the request is in work, whose reply follows.</param>
public sealed record RequestRepeated(string Role, bool Answered);

/// <summary>The end of a request that no peer answered within its deadline.</summary>
public sealed class RequestTimeoutException : TimeoutException
{
    /// <summary>Names the role, the deadline, and how often the request was sent.</summary>
    public RequestTimeoutException(string role, TimeSpan after, int tries)
        : base($"{role}: no reply within {after.TotalMilliseconds} ms{(tries == 0 ? "; no server took the request" : tries == 1 ? "" : $", in {tries} tries")}")
    {
    }
}

/// <summary>The end of a request that a queue did not take, because too many waited there.</summary>
public sealed class RequestOverloadException : Exception
{
    /// <summary>Names the role and what the queue said.</summary>
    public RequestOverloadException(string role, string why)
        : base($"{role}: the request was refused: {why}")
    {
    }
}

/// <summary>The end of a request whose server, or the queue in front of it, said that there will be no reply.</summary>
public sealed class RequestFailedException : Exception
{
    /// <summary>Names the role and what was said.</summary>
    public RequestFailedException(string role, string why)
        : base($"{role}: the request has failed: {why}")
    {
    }
}

/// <summary>The end of a request whose role or socket stopped before the reply came.</summary>
public sealed class RequestAbortedException : Exception
{
    /// <summary>Names the role and why it stopped.</summary>
    public RequestAbortedException(string role, string why)
        : base($"{role}: the request ended without a reply because {why}")
    {
    }
}

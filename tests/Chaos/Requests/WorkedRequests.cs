namespace Chaos.Requests;

/// <summary>What a reply host worked on. Safe for concurrent use.</summary>
internal sealed class WorkedRequests
{
    private readonly HashSet<string> _requests = [];
    private readonly Lock _state = new();

    /// <summary>How often it worked, over all its processes.</summary>
    public int Total { get; private set; }

    /// <summary>A request that one process worked on twice; null when there is none.</summary>
    public string? Twice { get; private set; }

    public void Add(string request)
    {
        lock (_state)
        {
            Total++;
            if (!_requests.Add(request)) Twice ??= request;
        }
    }

    /// <summary>The process is killed, and what it remembers goes with it.</summary>
    public void Forget()
    {
        lock (_state) _requests.Clear();
    }
}

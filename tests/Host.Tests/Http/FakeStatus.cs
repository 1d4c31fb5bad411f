using Actors.Host.Status;

namespace Host.Tests.Http;

/// <summary>A status that the test sets.</summary>
internal sealed class FakeStatus : IStatusReader
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private volatile TaskCompletionSource _read = new();

    public HostStatus Now { get; set; } = Of(Role("sink"));

    /// <summary>Set to have it tell nothing but this.</summary>
    public Exception? Fault { get; set; }

    public static HostStatus Of(params RoleReport[] roles) => new(1, Start, new HostReport("test", 4711, "/etc/test.conf", "0.1.0", "zmtp", Start, HostState.Running), roles);

    public static RoleReport Role(string name, RoleState state = RoleState.Ready, long received = 0) => new(
        name,
        "pull",
        state,
        [new EndpointReport("tcp://127.0.0.1:5558", true, name)],
        [new PeerReport("tcp://127.0.0.1:40000", "tcp://127.0.0.1:5558", Start) { SocketType = "PUSH" }],
        received,
        0,
        0,
        new Dictionary<string, long>(),
        0);

    /// <summary>Does something, and waits for the next reading.</summary>
    public async Task ReadAfter(Action act)
    {
        var read = _read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        act();
        await read.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    public Task<HostStatus> Read(CancellationToken cancel)
    {
        // Whoever waits for this reading may set another answer then, for the next one.
        var answer = Fault is null ? Task.FromResult(Now) : Task.FromException<HostStatus>(Fault);
        _read.TrySetResult();
        return answer;
    }
}

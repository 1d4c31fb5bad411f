using System.Diagnostics;
using Chaos.Faults;
using Chaos.Network;
using Chaos.Processes;

namespace Chaos.Running;

/// <summary>One run: its seed, its folder, and everything that has to be gone at its end.</summary>
internal sealed class RunContext : IAsyncDisposable
{
    private readonly Dictionary<string, Part> _parts = [];
    private readonly Dictionary<string, FaultProxy> _links = [];
    private readonly CancellationTokenSource _deadline;
    private readonly CancellationToken _stop;
    private readonly TimeSpan _patience;
    private readonly long _began = Stopwatch.GetTimestamp();

    /// <param name="seed">Decides everything that is random in the run.</param>
    /// <param name="messages">How many are sent.</param>
    /// <param name="folder">For the logs of the parts.</param>
    /// <param name="patience">The run ends when it takes longer.</param>
    /// <param name="stop">The user has had enough: the run ends as soon as it can.</param>
    public RunContext(int seed, int messages, string folder, TimeSpan patience, CancellationToken stop)
    {
        _stop = stop;
        _patience = patience;
        _deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Seed = seed;
        Random = new Random(seed);
        Folder = folder;
        Delivered = new NumberedMessages(messages);
        Injector = new FaultInjector(_parts, _links, Delivered);
        Directory.CreateDirectory(folder);
        _deadline.CancelAfter(patience);
    }

    public int Seed { get; }

    public Random Random { get; }

    public string Folder { get; }

    public int Messages => Delivered.Count;

    /// <summary>What has arrived at the end of the path.</summary>
    public NumberedMessages Delivered { get; }

    public FaultInjector Injector { get; }

    /// <summary>The stops in order of all parts that have ended.</summary>
    public IReadOnlyList<OrderlyStop> Stops => [.. _parts.Values.SelectMany(part => part.Stops)];

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_began);

    public Part Add(Part part)
    {
        _parts.Add(part.Name, part);
        return part;
    }

    public FaultProxy AddLink(string name)
    {
        var link = new FaultProxy(Random.Next());
        _links.Add(name, link);
        return link;
    }

    /// <summary>A file in the run's folder with a line for each message.</summary>
    public string WriteNumbers()
    {
        var path = Path.Combine(Folder, "numbers.txt");
        File.WriteAllLines(path, Enumerable.Range(0, Messages).Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        return path;
    }

    /// <summary>Waits for something that must happen, unless a fault cannot be done or the time runs out.</summary>
    /// <exception cref="ViolationException">It did not happen in time.</exception>
    public async Task<T> Expect<T>(Task<T> what, string name)
    {
        try
        {
            var first = await Task.WhenAny(what, Injector.Failed).WaitAsync(_deadline.Token);
            // Only a failed injector ends at all.
            await first;
            return await what;
        }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
        {
            throw new ViolationException($"{name} within {_patience.TotalSeconds} s; {Delivered.Distinct} of {Messages} messages were delivered");
        }
    }

    /// <inheritdoc cref="Expect{T}"/>
    public Task Expect(Task what, string name)
    {
        return Expect(Result(), name);
        async Task<bool> Result()
        {
            await what;
            return true;
        }
    }

    /// <summary>Ends when nothing has been delivered for a time: where nobody counts, silence is the only end.</summary>
    public async Task Quiet(TimeSpan time)
    {
        for (var before = -1L; before != Delivered.Total; await Task.Delay(time, _deadline.Token)) before = Delivered.Total;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in _parts.Values) await part.DisposeAsync();
        foreach (var link in _links.Values) await link.DisposeAsync();
        _deadline.Dispose();
    }
}

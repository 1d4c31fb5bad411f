using Akka.Actor;

namespace Benchmarks.Remoting;

/// <summary>What is measured: pairs of actors that play ping-pong, or a stream, with messages of one size.</summary>
internal sealed record RemotingRow(string Name, int Size, bool IsStream)
{
    /// <summary>Actors that play at a time.</summary>
    public const int Pairs = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static IReadOnlyList<RemotingRow> All { get; } =
    [
        new("ping-pong-100", 100, IsStream: false),
        new("ping-pong-10240", 10240, IsStream: false),
        new("one-way-100", 100, IsStream: true),
        new("one-way-10240", 10240, IsStream: true),
    ];

    /// <summary>Starts the near ends of a row.</summary>
    public async Task<Slices> Start(ActorSystem near, string farAddress)
    {
        var counter = new Counter();
        var message = new byte[Size];
        List<IActorRef> actors = [];
        foreach (var name in IsStream ? ["sink"] : Enumerable.Range(0, Pairs).Select(pair => $"echo-{pair}"))
        {
            var far = await near.ActorSelection($"{farAddress}/user/{name}").ResolveOne(Patience).ConfigureAwait(false);
            actors.Add(near.ActorOf(IsStream ? Props.Create(() => new Stream(far, message, counter)) : Props.Create(() => new Pair(far, message, counter))));
        }
        return new Slices(actors, counter);
    }
}

using System.Diagnostics;
using Actors;
using Actors.Streams;
using Actors.Transport;
using Akka.Actor;
using Akka.Configuration;
using Akka.Streams;
using Akka.Streams.Dsl;

namespace Benchmarks.Streams;

/// <summary>A push role and a pull role with something at both ends, each in an actor system of its own.</summary>
internal abstract class PipelineRun(string engine, int size)
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.5);

    private long _received;

    protected byte[] Payload { get; } = new byte[size];

    /// <summary>Messages a second.</summary>
    public async Task<double> Measure(TimeSpan time)
    {
        using var near = NewSystem();
        using var far = NewSystem();
        var endpoint = await StartPull(far, new PullSettings { Name = "pull", Socket = new SocketSettings { Bind = ["tcp://127.0.0.1:0"] } }).ConfigureAwait(false);
        StartPush(near, new PushSettings { Name = "push", Socket = new SocketSettings { Connect = [endpoint], Linger = TimeSpan.Zero } });
        await Task.Delay(WarmUp).ConfigureAwait(false);
        var begun = Stopwatch.GetTimestamp();
        var before = Volatile.Read(ref _received);
        await Task.Delay(time).ConfigureAwait(false);
        var rate = (Volatile.Read(ref _received) - before) / Stopwatch.GetElapsedTime(begun).TotalSeconds;
        await Task.WhenAll(near.Terminate(), far.Terminate()).ConfigureAwait(false);
        return rate;
    }

    /// <summary>Starts the receiving end, and returns its endpoint.</summary>
    protected abstract Task<string> StartPull(ActorSystem system, PullSettings settings);

    /// <summary>Starts the sending end, which sends as fast as it may.</summary>
    protected abstract void StartPush(ActorSystem system, PushSettings settings);

    /// <summary>Called by one thread at a time.</summary>
    protected void Count(int messages) => Volatile.Write(ref _received, _received + messages);

    private ActorSystem NewSystem() => ActorSystem.Create("benchmark", ConfigurationFactory.ParseString($"akka.loglevel = ERROR\nactors.transport.engine = {engine}"));
}

/// <summary>With streams at both ends.</summary>
internal sealed class StreamRun(string engine, int size) : PipelineRun(engine, size)
{
    protected override async Task<string> StartPull(ActorSystem system, PullSettings settings)
    {
        var role = ZmqSource.Pull(settings).ToMaterialized(Sink.ForEach<Message>(_ => Count(1)), Keep.Left).Run(system.Materializer());
        return (await role.Ready.ConfigureAwait(false)).Endpoints[0];
    }

    protected override void StartPush(ActorSystem system, PushSettings settings) =>
        Source.Repeat(Payload).Select(payload => new Message(payload)).RunWith(ZmqSink.Push(settings), system.Materializer());
}

/// <summary>With a producer and a handler, which tell and are told single messages or batches.</summary>
internal sealed class ActorRun(string engine, int size, bool inBatches) : PipelineRun(engine, size)
{
    protected override async Task<string> StartPull(ActorSystem system, PullSettings settings)
    {
        Action<int> count = Count;
        var handler = inBatches ? Props.Create(() => new BatchHandler(count)) : Props.Create(() => new Handler(count));
        var role = system.ActorOf(PullRole.Props(settings, handler));
        return (await role.Ask<RoleReady>(WhenReady.Instance).ConfigureAwait(false)).Endpoints[0];
    }

    protected override void StartPush(ActorSystem system, PushSettings settings)
    {
        var role = system.ActorOf(PushRole.Props(settings));
        var payload = Payload;
        var together = inBatches ? 256 : 1;
        system.ActorOf(Props.Create(() => new Producer(role, payload, together)));
    }

    private class Handler(Action<int> count) : UntypedActor
    {
        protected override void OnReceive(object message) => count(message is MessageBatch batch ? batch.Count : 1);
    }

    private sealed class BatchHandler(Action<int> count) : Handler(count), IReceiveBatches;

    private sealed class Producer(IActorRef role, byte[] payload, int together) : UntypedActor
    {
        protected override void PreStart() => role.Tell(RegisterProducer.Instance, Self);

        protected override void OnReceive(object message)
        {
            for (var demand = ((Demand)message).Messages; demand > 0; demand -= together)
            {
                var count = Math.Min(demand, together);
                if (count == 1)
                {
                    role.Tell(new Message(payload), Self);
                    continue;
                }
                var messages = new Message[count];
                for (var i = 0; i < count; i++) messages[i] = new Message(payload);
                role.Tell(new MessageBatch(messages), Self);
            }
        }
    }
}

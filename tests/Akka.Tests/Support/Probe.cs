using System.Threading.Channels;
using Akka.Actor;

namespace Akka.Tests;

/// <summary>An actor that keeps what it is told, for a test to wait for.</summary>
public sealed class Probe
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Channel<(object Message, IActorRef Sender)> _received = Channel.CreateUnbounded<(object, IActorRef)>();

    public Probe(IActorRefFactory system, string? name = null)
    {
        var received = _received.Writer;
        Ref = system.ActorOf(Props.Create(() => new Receiver(received)), name);
    }

    public IActorRef Ref { get; }

    public IActorRef LastSender { get; private set; } = ActorRefs.NoSender;

    /// <summary>The next message; fails when none comes.</summary>
    public async Task<object> Next(string what = "a message")
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var (message, sender) = await _received.Reader.ReadAsync(patience.Token);
            LastSender = sender;
            return message;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{Ref} waited {Patience} for {what}, and nothing came");
        }
    }

    /// <summary>The next message, which must be of a type.</summary>
    public async Task<T> Next<T>() => Assert.IsAssignableFrom<T>(await Next(typeof(T).Name));

    /// <summary>The next message that matches; others are dropped.</summary>
    public async Task<T> FishFor<T>(Func<T, bool> wanted, string what)
    {
        while (true)
        {
            if (await Next(what) is T message && wanted(message))
                return message;
        }
    }

    public async Task Expect(params object[] messages)
    {
        foreach (var message in messages)
            Assert.Equal(message, await Next($"[{message}]"));
    }

    /// <summary>Nothing else has arrived: a marker told now is the next message.</summary>
    public async Task ExpectNothingBefore(object marker)
    {
        Ref.Tell(marker, ActorRefs.NoSender);
        Assert.Equal(marker, await Next("the marker"));
    }

    private sealed class Receiver(ChannelWriter<(object Message, IActorRef Sender)> received) : ActorBase
    {
        protected override bool Receive(object message)
        {
            if (message is Do work)
                work.Work(Context);
            else
                received.TryWrite((message, Sender));
            return true;
        }
    }

    private sealed record Do(Action<IActorContext> Work);

    /// <summary>Has the probe watch an actor.</summary>
    public void Watch(IActorRef subject) => Run(context => context.Watch(subject));

    /// <summary>Runs something within the probe.</summary>
    public void Run(Action<IActorContext> work) => Ref.Tell(new Do(work), ActorRefs.NoSender);
}

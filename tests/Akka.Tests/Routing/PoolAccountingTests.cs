using Akka.Actor;
using Akka.Event;
using Akka.Routing;

namespace Akka.Tests.Routing;

public class PoolAccountingTests : TestKit.Xunit2.TestKit
{
    private const int Senders = 4;
    private const int MessagesOfEach = 5_000;

    private sealed class Counter
    {
        public int Value;
    }

    private sealed class Counting : ReceiveActor
    {
        public Counting(Counter counter)
        {
            Receive<int>(_ => Interlocked.Increment(ref counter.Value));
        }
    }

    private sealed class LetterCounting : ReceiveActor
    {
        public LetterCounting(Counter counter)
        {
            Receive<DeadLetter>(letter => letter.Message is int, _ => Interlocked.Increment(ref counter.Value));
        }
    }

    public PoolAccountingTests()
        : base("akka.log-dead-letters = off, akka.loggers = []")
    {
    }

    [Fact]
    public async Task While_a_pool_changes_its_size_each_message_is_processed_or_a_dead_letter()
    {
        var (processed, dead) = (new Counter(), new Counter());
        Sys.EventStream.Subscribe(Sys.ActorOf(Props.Create(() => new LetterCounting(dead))), typeof(DeadLetter));
        var pool = Sys.ActorOf(new RoundRobinPool(3).Props(Props.Create(() => new Counting(processed))));

        var sending = Enumerable.Range(0, Senders).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < MessagesOfEach; i++)
            {
                pool.Tell(i, ActorRefs.NoSender);
            }
        })).ToList();
        for (var i = 0; !Task.WhenAll(sending).IsCompleted; i++)
        {
            pool.Tell(new AdjustPoolSize(i % 2 == 0 ? 3 : -3));
            await pool.Ask<Routees>(new GetRoutees(), TimeSpan.FromSeconds(10));
        }

        await Task.WhenAll(sending);
        await AwaitAssertAsync(
            () => Assert.Equal(Senders * MessagesOfEach, processed.Value + dead.Value), TimeSpan.FromSeconds(20));
        Assert.True(processed.Value > 0);
    }
}

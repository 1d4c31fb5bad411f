using Akka.Actor;

namespace Benchmarks.Remoting;

/// <summary>Sends back what it is told.</summary>
internal sealed class Echo : ReceiveActor
{
    public Echo() => ReceiveAny(message => Sender.Tell(message));
}

/// <summary>Acknowledges a stream.</summary>
internal sealed class Sink : ReceiveActor
{
    private int _streamed;

    public Sink() => ReceiveAny(_ =>
    {
        if (++_streamed % Stream.AcknowledgedTogether == 0) Sender.Tell("more");
    });
}

/// <summary>Keeps one message under way to its partner and back, while a slice runs.</summary>
internal sealed class Pair : ReceiveActor
{
    private bool _runs;

    public Pair(IActorRef partner, byte[] message, Counter counter)
    {
        Receive<Begin>(_ =>
        {
            _runs = true;
            partner.Tell(message);
        });
        Receive<End>(_ => _runs = false);
        Receive<byte[]>(_ =>
        {
            counter.Add(1);
            if (_runs) partner.Tell(message);
        });
    }
}

/// <summary>Keeps a number of messages under way to a sink, while a slice runs.</summary>
internal sealed class Stream : ReceiveActor
{
    public const int AcknowledgedTogether = 50;

    // Enough that neither end waits for the other, and no more than a transport with bounded buffers takes.
    private const int BytesUnderWay = 4_000_000;
    private const int MostUnderWay = 4_000;

    private bool _runs;

    public Stream(IActorRef sink, byte[] message, Counter counter)
    {
        Receive<Begin>(_ =>
        {
            _runs = true;
            for (var part = 0; part < Math.Min(MostUnderWay, BytesUnderWay / message.Length) / AcknowledgedTogether; part++) Send(sink, message);
        });
        Receive<End>(_ => _runs = false);
        Receive<string>(_ =>
        {
            counter.Add(AcknowledgedTogether);
            if (_runs) Send(sink, message);
        });
    }

    private void Send(IActorRef sink, byte[] message)
    {
        for (var sent = 0; sent < AcknowledgedTogether; sent++) sink.Tell(message, Self);
    }
}

/// <summary>What a slice has done; for any thread.</summary>
internal sealed class Counter
{
    private long _count;

    public void Add(long count) => Interlocked.Add(ref _count, count);

    public long Read() => Interlocked.Read(ref _count);
}

internal sealed class Begin
{
    public static Begin Instance { get; } = new();
}

internal sealed class End
{
    public static End Instance { get; } = new();
}

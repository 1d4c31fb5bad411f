using Actors;
using Actors.Transport;
using Akka.Actor;
using Benchmarks.Wire;
using Benchmarks.Wire.Peers;

namespace Benchmarks.Roles;

/// <summary>Counts messages, and prints the measurement when its time is over or, at the latest, when its actor stops.</summary>
internal sealed class Counting(Timing timing)
{
    private Meter? _meter;
    private int _sinceLook;
    private bool _warm;
    private bool _printed;

    public void Add(int messages = 1)
    {
        _meter ??= new Meter();
        _sinceLook += messages;
        if (_sinceLook < Meter.Interval) return;
        var counted = _sinceLook;
        _sinceLook = 0;
        if (!_warm)
        {
            if (_meter.Seconds < timing.WarmUp) return;
            _warm = true;
            _meter.Restart();
            return;
        }
        _meter.Count(counted);
        if (_meter.Seconds >= timing.Duration) Print();
    }

    public void Print()
    {
        if (_printed || _meter is null) return;
        _printed = true;
        _meter.Print();
    }
}

/// <summary>A handler that counts what it receives, and returns it where the role answers.</summary>
internal class CountingHandler : UntypedActor
{
    private readonly Counting _counting;
    private readonly int _size;
    private readonly bool _answers;

    public CountingHandler(RoleWork work, bool answers)
    {
        _counting = new Counting(work.Timing);
        _size = work.Size;
        _answers = answers;
    }

    protected override void OnReceive(object message)
    {
        if (message is MessageBatch batch)
        {
            foreach (var received in batch) Check(received);
            _counting.Add(batch.Count);
            return;
        }
        var single = (Message)message;
        Check(single);
        if (_answers) Sender.Tell(single, Self);
        _counting.Add();
    }

    protected override void PostStop() => _counting.Print();

    private void Check(Message received)
    {
        if (received.Size != _size) throw new InvalidOperationException($"A message has {received.Size} bytes, expected were {_size}.");
    }
}

/// <summary>Counts batches.</summary>
internal sealed class BatchCountingHandler(RoleWork work) : CountingHandler(work, answers: false), IReceiveBatches;

/// <summary>Sends as many messages as the role demands.</summary>
internal sealed class Producer : UntypedActor
{
    // A batch is large enough that what it costs does not count, and small enough that the next actors work meanwhile.
    private const int Batch = 256;

    private readonly bool _single;
    private readonly IActorRef _role;
    private readonly byte[] _payload;
    private readonly Counting _counting = new(new Timing(0.5, double.MaxValue));

    public Producer(IActorRef role, RoleWork work)
    {
        _role = role;
        _single = work.Single;
        _payload = new byte[work.Size];
    }

    protected override void PreStart() => _role.Tell(RegisterProducer.Instance, Self);

    protected override void OnReceive(object message)
    {
        var demand = ((Demand)message).Messages;
        if (_single)
        {
            for (var i = 0; i < demand; i++)
            {
                _role.Tell(new Message(_payload), Self);
                _counting.Add();
            }
            return;
        }
        for (; demand > 0; demand -= Batch) SendBatch(Math.Min(demand, Batch));
    }

    private void SendBatch(int count)
    {
        var messages = new Message[count];
        for (var i = 0; i < count; i++) messages[i] = new Message(_payload);
        _role.Tell(new MessageBatch(messages), Self);
        _counting.Add(count);
    }

    protected override void PostStop() => _counting.Print();
}

/// <summary>Sends a request when the reply to the last one came.</summary>
internal sealed class Requester : UntypedActor
{
    private readonly IActorRef _role;
    private readonly byte[] _payload;
    private readonly Counting _counting;

    public Requester(IActorRef role, RoleWork work)
    {
        _role = role;
        _payload = new byte[work.Size];
        _counting = new Counting(work.Timing);
    }

    protected override void PreStart() => Ask();

    protected override void OnReceive(object message)
    {
        if (message is Status.Failure failure) throw failure.Cause;
        _counting.Add();
        Ask();
    }

    private void Ask() => _role.Tell(new Message(_payload), Self);
}

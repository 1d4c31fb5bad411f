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

    public void One()
    {
        _meter ??= new Meter();
        if (++_sinceLook < Meter.Interval) return;
        _sinceLook = 0;
        if (!_warm)
        {
            if (_meter.Seconds < timing.WarmUp) return;
            _warm = true;
            _meter.Restart();
            return;
        }
        _meter.Count();
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
internal sealed class CountingHandler : UntypedActor
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
        var received = (Actors.Transport.Message)message;
        if (received.Size != _size) throw new InvalidOperationException($"A message has {received.Size} bytes, expected were {_size}.");
        if (_answers) Sender.Tell(received, Self);
        _counting.One();
    }

    protected override void PostStop() => _counting.Print();
}

/// <summary>Sends as many messages as the role demands.</summary>
internal sealed class Producer : UntypedActor
{
    private readonly IActorRef _role;
    private readonly byte[] _payload;
    private readonly Counting _counting = new(new Timing(0.5, double.MaxValue));

    public Producer(IActorRef role, int size)
    {
        _role = role;
        _payload = new byte[size];
    }

    protected override void PreStart() => _role.Tell(Actors.RegisterProducer.Instance, Self);

    protected override void OnReceive(object message)
    {
        var demand = (Actors.Demand)message;
        for (var i = 0; i < demand.Messages; i++)
        {
            _role.Tell(new Actors.Transport.Message(_payload), Self);
            _counting.One();
        }
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
        _counting.One();
        Ask();
    }

    private void Ask() => _role.Tell(new Actors.Transport.Message(_payload), Self);
}

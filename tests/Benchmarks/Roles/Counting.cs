using Akka.Actor;
using Benchmarks.Wire.Peers;

namespace Benchmarks.Roles;

/// <summary>Counts messages, and prints the measurement when its time is over or, at the latest, when its actor stops.</summary>
internal sealed class Counting(double warmUp, double duration)
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
            if (_meter.Seconds < warmUp) return;
            _warm = true;
            _meter.Restart();
            return;
        }
        _meter.Count();
        if (_meter.Seconds >= duration) Print();
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

    public CountingHandler(int size, double warmUp, double duration, bool answers)
    {
        _counting = new Counting(warmUp, duration);
        _size = size;
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
    private readonly Counting _counting = new(warmUp: 0.5, duration: double.MaxValue);

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

    public Requester(IActorRef role, int size, double warmUp, double duration)
    {
        _role = role;
        _payload = new byte[size];
        _counting = new Counting(warmUp, duration);
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

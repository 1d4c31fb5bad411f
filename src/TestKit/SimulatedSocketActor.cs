using Akka.Actor;
using Akka.Event;

namespace Actors.TestKit;

/// <summary>To a simulated socket: a call of the test.</summary>
internal sealed record SocketCall(Action Run);

/// <summary>Stands where the actor of a real socket stands, and gives a <see cref="SimulatedSocket"/> one thread at a time.</summary>
internal sealed class SimulatedSocketActor(SimulatedSocket socket) : UntypedActor, IWithTimers
{
    private int _thread;

    public EventStream Events { get; } = Context.System.EventStream;

    /// <summary>True for a call from within this actor.</summary>
    public bool IsOnThisThread => Volatile.Read(ref _thread) == Environment.CurrentManagedThreadId;

    /// <summary>Set by Akka.</summary>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>Opens the socket after that time, and not at one that was set before.</summary>
    public void OpenAfter(TimeSpan wait) => Timers.StartSingleTimer(nameof(OpenDue), OpenDue.Instance, wait);

    public void DoNotOpen() => Timers.Cancel(nameof(OpenDue));

    public void Stop() => Context.Stop(Self);

    protected override void PreStart()
    {
        Context.Watch(socket.Owner);
        As(() => socket.Start(this, Self));
    }

    protected override void PostStop() => As(socket.Stop);

    protected override void OnReceive(object message) => As(() =>
    {
        switch (message)
        {
            case SocketCall call: call.Run(); break;
            case OpenDue: socket.OpenNow(); break;
            case Terminated: Context.Stop(Self); break;
            default:
                if (!socket.OnReceive(message)) Unhandled(message);
                break;
        }
    });

    private void As(Action action)
    {
        var outer = Volatile.Read(ref _thread);
        Volatile.Write(ref _thread, Environment.CurrentManagedThreadId);
        try
        {
            action();
        }
        finally
        {
            Volatile.Write(ref _thread, outer);
        }
    }

    /// <summary>The backoff behind a failure is over.</summary>
    private sealed record OpenDue
    {
        public static OpenDue Instance { get; } = new();
    }
}

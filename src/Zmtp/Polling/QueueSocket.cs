using Actors.Zmtp.Patterns;
using Actors.Zmtp.Pipes;
using Actors.Zmtp.Sockets;

namespace Actors.Zmtp.Polling;

/// <summary>The socket by which a queue is polled: it has no peers, and can be read when the queue is not empty.</summary>
internal sealed class QueueSocket : ZmqSocket
{
    private readonly QueuePattern _pattern;

    public QueueSocket(Func<bool> isEmpty)
        : base(ZmqSocketType.None, core => new QueuePattern(core, isEmpty), null, DefaultAction.Connect)
    {
        _pattern = (QueuePattern)Core.Pattern;
    }

    /// <summary>From any thread, after something was enqueued: wakes the reader if it sleeps.</summary>
    public void Enqueued()
    {
        // What was enqueued must be seen by a reader who has said that he is about to sleep.
        Interlocked.MemoryBarrier();
        if (_pattern.TakeIdle())
        {
            Core.Mailbox.Wake();
        }
    }

    private sealed class QueuePattern(SocketCore socket, Func<bool> isEmpty) : Pattern(socket)
    {
        private int _idle;

        public override bool HasIn
        {
            get
            {
                if (!isEmpty())
                {
                    return true;
                }

                Interlocked.Exchange(ref _idle, 1);
                return !isEmpty();
            }
        }

        public bool TakeIdle() => Volatile.Read(ref _idle) != 0 && Interlocked.Exchange(ref _idle, 0) != 0;

        public override void Attach(Pipe pipe) => throw new InvalidOperationException("A queue has no peers.");

        public override void Terminated(Pipe pipe) => throw new InvalidOperationException("A queue has no peers.");
    }
}

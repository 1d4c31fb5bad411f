using System.Threading.Channels;
using Actors.Remoting.Sockets;
using Actors.Zmtp;
using Akka.Event;
using Remoting.Tests.Nodes;

namespace Remoting.Tests;

public sealed class SocketLoopTests
{
    [Fact]
    public async Task A_fault_leaves_no_message_unread()
    {
        var received = Channel.CreateUnbounded<object>();
        var pull = new PullSocket("@inproc://a-fault-leaves-no-message-unread");
        using var push = new PushSocket(">inproc://a-fault-leaves-no-message-unread");
        push.TrySend([new byte[] { 42 }]);
        var loop = new SocketLoop(NoLogger.Instance);
        var failed = false;

        loop.Add(pull, () =>
        {
            if (!failed)
            {
                failed = true;
                throw new InvalidOperationException("A fault of the test.");
            }
            while (pull.TryReceive(out var frame, out _)) received.Writer.TryWrite(frame);
        });

        Assert.Equal([42], await received.Reader.Next<byte[]>("the message after the fault"));
        loop.Close(pull);
    }
}

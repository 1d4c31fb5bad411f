using Actors.Zmtp;

namespace Actors.Tests;

/// <summary>A server as the specification describes it, octet by octet.</summary>
internal sealed class RawServer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly byte[] _id = Guid.NewGuid().ToByteArray();

    public RawServer(string queue) => Socket.Connect(queue);

    public DealerSocket Socket { get; } = new();

    public void Dispose()
    {
        Socket.Options.Linger = TimeSpan.Zero;
        Socket.Dispose();
    }

    /// <summary>Announces itself, and waits for the answer. A heartbeat interval so long that it never seems silent.</summary>
    public RawServer Join(byte capacity = 1, byte intervalSeconds = 60)
    {
        Ready(capacity, intervalSeconds);
        Assert.Equal((byte)'H', Command()[0].Buffer[0]);
        return this;
    }

    public void Ready(byte capacity, byte intervalSeconds = 60, byte version = 1)
    {
        var interval = intervalSeconds * 1000;
        Socket.SendFrame([(byte)'R', .. "QUEUE"u8, version, .. _id, 0, 0, 0, capacity, 0, 0, (byte)(interval >> 8), (byte)interval]);
    }

    /// <summary>The next command, whatever it is.</summary>
    public ZmqMessage Command()
    {
        var message = new ZmqMessage();
        Assert.True(Socket.TryReceiveMultipartMessage(Patience, ref message), "no command of the queue came");
        return message!;
    }

    /// <summary>The next command that is no heartbeat.</summary>
    public ZmqMessage Next()
    {
        while (true)
        {
            var command = Command();
            if (command[0].Buffer[0] != (byte)'H') return command;
        }
    }

    /// <summary>Returns the envelope with another body.</summary>
    public void Reply(ZmqMessage request, string body)
    {
        var delimiter = request.ToList().FindIndex(frame => frame.BufferSize == 0);
        var reply = new ZmqMessage(request.Take(delimiter + 1));
        reply.Append(body);
        Socket.SendMultipartMessage(reply);
    }

    public void Fail(ZmqMessage request, string reason) =>
        Socket.SendFrame([(byte)'F', .. request[0].Buffer[1..9], .. System.Text.Encoding.UTF8.GetBytes(reason)]);
}

using System.Threading.Channels;
using Actors;
using Actors.Transport;
using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;

namespace Hosting.Tests;

// Keys of roles.
internal sealed class Source;

internal sealed class Sink;

internal sealed class Middle;

internal sealed class Client;

internal sealed class Server;

internal sealed class Queue;

internal sealed class Publisher;

internal sealed class Subscriber;

/// <summary>Writes the texts that it is told to the channel that it was injected with.</summary>
internal sealed class Collector : ReceiveActor
{
    public Collector(Channel<string> received) => Receive<Message>(message => Assert.True(received.Writer.TryWrite(string.Join('|', Enumerable.Range(0, message.FrameCount).Select(message.Text)))));
}

/// <summary>Writes the size of each batch that it is told.</summary>
internal sealed class BatchCollector : ReceiveActor, IReceiveBatches
{
    public BatchCollector(Channel<int> received) => Receive<MessageBatch>(batch => Assert.True(received.Writer.TryWrite(batch.Count)));
}

/// <summary>Answers in upper case.</summary>
internal sealed class UpperCase : ReceiveActor
{
    public UpperCase() => Receive<Message>(request => Sender.Tell(Message.FromText(request.Text().ToUpperInvariant())));
}

/// <summary>Sends each message back to its peer.</summary>
internal sealed class PeerEcho : ReceiveActor
{
    public PeerEcho() => Receive<PeerMessage>(message => Sender.Tell(message));
}

/// <summary>A service of which each scope has its own.</summary>
internal sealed class UnitOfWork : IDisposable
{
    public bool IsDisposed { get; private set; }

    public void Dispose() => IsDisposed = true;
}

/// <summary>Makes a scope for each message.</summary>
internal sealed class ScopedHandler : ReceiveActor
{
    public ScopedHandler(IServiceScopeFactory scopes, Channel<UnitOfWork> used) => Receive<Message>(_ =>
    {
        using var scope = scopes.CreateScope();
        Assert.True(used.Writer.TryWrite(scope.ServiceProvider.GetRequiredService<UnitOfWork>()));
    });
}

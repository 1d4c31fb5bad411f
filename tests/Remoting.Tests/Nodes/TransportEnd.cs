using System.Threading.Channels;
using Actors.Remoting;
using Akka.Actor;
using Akka.Configuration;
using Akka.Remote.Transport;

namespace Remoting.Tests.Nodes;

/// <summary>A transport by itself, without Akka's endpoints above it.</summary>
internal sealed class TransportEnd : IAsyncDisposable, IAssociationEventListener
{
    private readonly ActorSystem _system = ActorSystem.Create("node", "akka { loglevel = OFF, stdout-loglevel = OFF }");
    private readonly Channel<AssociationHandle> _inbound = Channel.CreateUnbounded<AssociationHandle>();

    private TransportEnd(string settings) => Transport = new ZmqTransport(_system, ConfigurationFactory.ParseString("port = 0\n" + settings));

    public ZmqTransport Transport { get; }

    public Address Address { get; private set; } = Address.AllSystems;

    public static async Task<TransportEnd> Start(string settings = "")
    {
        var end = new TransportEnd(settings);
        var (address, listener) = await end.Transport.Listen();
        end.Address = address;
        listener.SetResult(end);
        return end;
    }

    public void Notify(IAssociationEvent ev) => _inbound.Writer.TryWrite(((InboundAssociation)ev).Association);

    /// <summary>The next association that another node begins.</summary>
    public Task<AssociationHandle> Inbound() => _inbound.Reader.ReadAsync().AsTask().Expect("an association from another node");

    public async ValueTask DisposeAsync()
    {
        await Transport.Shutdown();
        await _system.Terminate();
    }
}

/// <summary>Hands a test what an association tells.</summary>
internal sealed class HandleEvents : IHandleEventListener
{
    private readonly Channel<object> _events = Channel.CreateUnbounded<object>();

    private HandleEvents()
    {
    }

    public static ChannelReader<object> Of(AssociationHandle handle)
    {
        var events = new HandleEvents();
        handle.ReadHandlerSource.SetResult(events);
        return events._events.Reader;
    }

    public void Notify(IHandleEvent ev) => _events.Writer.TryWrite(ev is InboundPayload payload ? payload.Payload.ToByteArray() : ev);
}

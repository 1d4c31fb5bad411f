using Actors;
using Actors.Hosting;
using Actors.Transport;
using Akka.Actor;
using Akka.Hosting;

namespace Hosting.Tests;

/// <summary>Roles between two others: a queue, a streamer, a forwarder.</summary>
public sealed class ProxyRoleTests : HandlerTests
{
    [Fact]
    public async Task A_request_is_answered_through_a_queue()
    {
        await using var queue = await HostedApp.Start(zmq => zmq.Queue<Queue>(HostedApp.AnyPort, HostedApp.AnyPort));
        await using var server = await HostedApp.Start(zmq => zmq.Reply<Server, UpperCase>(HostedApp.AnyPort, o => o with { Queue = new JoinQueueSettings(queue.Roles["Queue"].Endpoints[1]) }));
        await using var client = await HostedApp.Start(zmq => zmq.Request<Client>(queue.Endpoint("Queue")));

        Assert.Equal("WHY?", (await client.Role<Client>().Ask<Message>(Message.FromText("why?"), HostedApp.Patience)).Text());
    }

    [Fact]
    public async Task A_streamer_passes_on_what_is_pushed()
    {
        await using var streamer = await HostedApp.Start(zmq => zmq.Streamer<Middle>(HostedApp.AnyPort, HostedApp.AnyPort));
        var ends = streamer.Roles["Middle"].Endpoints;
        await using var sink = await HostedApp.Start(zmq => zmq.Pull<Sink, Collector>($"connect:{ends[1]}"), Services);
        await using var source = await HostedApp.Start(zmq => zmq.Push<Source>(ends[0]));

        source.Role<Source>().Tell(Message.FromText("hello"));

        Assert.Equal("hello", await Received);
    }

    [Fact]
    public async Task A_forwarder_passes_on_what_is_published()
    {
        await using var forwarder = await HostedApp.Start(zmq => zmq.Forwarder<Middle>(HostedApp.AnyPort, HostedApp.AnyPort));
        var ends = forwarder.Roles["Middle"].Endpoints;
        await using var subscriber = await HostedApp.Start(zmq => zmq.Subscribe<Subscriber, Collector>(ends[1], ["weather."]), Services);
        await using var publisher = await HostedApp.Start(zmq => zmq.Publish<Publisher>($"connect:{ends[0]}"));

        // A subscription reaches the publisher through the proxy at a time that nobody is told.
        var received = Received;
        while (!received.IsCompleted)
        {
            publisher.Role<Publisher>().Tell(Message.FromText("weather.oslo", "rain"));
            await Task.WhenAny(received, publisher.Role<Publisher>().Ask<RoleStatus>(GetRoleStatus.Instance, HostedApp.Patience));
        }
        Assert.Equal("weather.oslo|rain", await received);
    }
}

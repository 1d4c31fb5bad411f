using Actors;
using Actors.Hosting;
using Actors.Transport;
using Akka.Actor;
using Akka.Hosting;

namespace Hosting.Tests;

/// <summary>Each pattern's roles in an app.</summary>
public sealed class RoleTests : HandlerTests
{
    [Fact]
    public async Task A_pushed_message_reaches_a_handler_that_dependency_injection_has_made()
    {
        await using var sink = await HostedApp.Start(zmq => zmq.Pull<Sink, Collector>(HostedApp.AnyPort), Services);
        await using var source = await HostedApp.Start(zmq => zmq.Push<Source>(sink.Endpoint("Sink")));

        source.Role<Source>().Tell(Message.FromText("hello"));

        Assert.Equal("hello", await Received);
    }

    [Fact]
    public async Task An_acknowledged_message_is_acknowledged()
    {
        await using var sink = await HostedApp.Start(zmq => zmq.Pull<Sink, Collector>(HostedApp.AnyPort, o => o with { Acknowledged = new() }), Services);
        await using var source = await HostedApp.Start(zmq => zmq.Push<Source>(sink.Endpoint("Sink"), o => o with { Acknowledged = new() }));

        source.Role<Source>().Tell(Message.FromText("task"));
        Assert.Equal("task", await Received);
        await source.Role<Source>().Ask<RoleDrained>(DrainRole.Instance, HostedApp.Patience);

        Assert.Equal(1, (await source.Role<Source>().Ask<RoleStatus>(GetRoleStatus.Instance, HostedApp.Patience)).Ledger!.Value.Acknowledged);
    }

    [Fact]
    public async Task A_subscriber_is_told_what_is_published_once_it_is_ready()
    {
        await using var publisher = await HostedApp.Start(zmq => zmq.Publish<Publisher>(HostedApp.AnyPort, o => o with { ConfirmSubscriptions = true }));
        await using var subscriber = await HostedApp.Start(zmq => zmq.Subscribe<Subscriber, Collector>(publisher.Endpoint("Publisher"), ["weather."]), Services);
        await subscriber.Role<Subscriber>().Ask<RoleReady>(WhenReady.Instance, HostedApp.Patience);

        publisher.Role<Publisher>().Tell(Message.FromText("sports.oslo", "2:1"));
        publisher.Role<Publisher>().Tell(Message.FromText("weather.oslo", "rain"));

        Assert.Equal("weather.oslo|rain", await Received);
    }

    [Fact]
    public async Task A_request_is_answered()
    {
        await using var server = await HostedApp.Start(zmq => zmq.Reply<Server, UpperCase>(HostedApp.AnyPort));
        await using var client = await HostedApp.Start(zmq => zmq.Request<Client>(server.Endpoint("Server")));

        Assert.Equal("WHY?", (await client.Role<Client>().Ask<Message>(Message.FromText("why?"), HostedApp.Patience)).Text());
    }

    [Fact]
    public async Task A_router_answers_the_dealer_that_asked()
    {
        await using var router = await HostedApp.Start(zmq => zmq.Router<Server, PeerEcho>(HostedApp.AnyPort));
        await using var dealer = await HostedApp.Start(zmq => zmq.Dealer<Client, Collector>(router.Endpoint("Server")), Services);

        dealer.Role<Client>().Tell(Message.FromText("hello"));

        Assert.Equal("hello", await Received);
    }

    [Fact]
    public async Task A_pair_talks_to_the_other()
    {
        await using var first = await HostedApp.Start(zmq => zmq.Pair<Sink, Collector>(HostedApp.AnyPort), Services);
        await using var second = await HostedApp.Start(zmq => zmq.Pair<Source, Collector>(first.Endpoint("Sink")), Services);

        second.Role<Source>().Tell(Message.FromText("hello"));

        Assert.Equal("hello", await Received);
    }
}

using System.Threading.Channels;
using Actors;
using Actors.Hosting;
using Actors.Transport;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Hosting.Tests;

/// <summary>Each pattern's roles in an app, and how the app finds them.</summary>
public sealed class RoleTests
{
    private static readonly TimeSpan s_patience = HostedApp.Patience;

    private readonly Channel<string> _received = Channel.CreateUnbounded<string>();

    private Task<string> Received => HostedApp.Next(_received, "a message to the handler");

    private void Services(IServiceCollection services) => services.AddSingleton(_received);

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
        await source.Role<Source>().Ask<RoleDrained>(DrainRole.Instance, s_patience);

        Assert.Equal(1, (await source.Role<Source>().Ask<RoleStatus>(GetRoleStatus.Instance, s_patience)).Ledger!.Value.Acknowledged);
    }

    [Fact]
    public async Task A_worker_role_passes_on_what_its_handler_answers()
    {
        await using var ends = await HostedApp.Start(zmq => zmq.Push<Source>(HostedApp.AnyPort).Pull<Sink, Collector>(HostedApp.AnyPort), Services);
        await using var middle = await HostedApp.Start(zmq => zmq.Worker<Middle, UpperCase>(ends.Endpoint("Source"), ends.Endpoint("Sink")));

        ends.Role<Source>().Tell(Message.FromText("task"));

        Assert.Equal("TASK", await Received);
    }

    [Fact]
    public async Task A_subscriber_is_told_what_is_published_once_it_is_ready()
    {
        await using var publisher = await HostedApp.Start(zmq => zmq.Publish<Publisher>(HostedApp.AnyPort, o => o with { ConfirmSubscriptions = true }));
        await using var subscriber = await HostedApp.Start(zmq => zmq.Subscribe<Subscriber, Collector>(publisher.Endpoint("Publisher"), ["weather."]), Services);
        await subscriber.Role<Subscriber>().Ask<RoleReady>(WhenReady.Instance, s_patience);

        publisher.Role<Publisher>().Tell(Message.FromText("sports.oslo", "2:1"));
        publisher.Role<Publisher>().Tell(Message.FromText("weather.oslo", "rain"));

        Assert.Equal("weather.oslo|rain", await Received);
    }

    [Fact]
    public async Task A_request_is_answered()
    {
        await using var server = await HostedApp.Start(zmq => zmq.Reply<Server, UpperCase>(HostedApp.AnyPort));
        await using var client = await HostedApp.Start(zmq => zmq.Request<Client>(server.Endpoint("Server")));

        Assert.Equal("WHY?", (await client.Role<Client>().Ask<Message>(Message.FromText("why?"), s_patience)).Text());
    }

    [Fact]
    public async Task A_request_is_answered_through_a_queue()
    {
        await using var queue = await HostedApp.Start(zmq => zmq.Queue<Queue>(HostedApp.AnyPort, HostedApp.AnyPort));
        await using var server = await HostedApp.Start(zmq => zmq.Reply<Server, UpperCase>(HostedApp.AnyPort, o => o with { Queue = new JoinQueueSettings(queue.Roles["Queue"].Endpoints[1]) }));
        await using var client = await HostedApp.Start(zmq => zmq.Request<Client>(queue.Endpoint("Queue")));

        Assert.Equal("WHY?", (await client.Role<Client>().Ask<Message>(Message.FromText("why?"), s_patience)).Text());
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
            await Task.WhenAny(received, publisher.Role<Publisher>().Ask<RoleStatus>(GetRoleStatus.Instance, s_patience));
        }
        Assert.Equal("weather.oslo|rain", await received);
    }

    [Fact]
    public async Task A_handler_can_be_given_by_props()
    {
        await using var app = await HostedApp.Start(zmq => zmq.Pull<Sink>(HostedApp.AnyPort, Props.Create(() => new Collector(_received))));
        await using var source = await HostedApp.Start(zmq => zmq.Push<Source>(app.Endpoint("Sink")));

        source.Role<Source>().Tell(Message.FromText("hello"));

        Assert.Equal("hello", await Received);
    }

    [Fact]
    public async Task An_injected_handler_that_takes_batches_is_told_batches()
    {
        var sizes = Channel.CreateUnbounded<int>();
        await using var sink = await HostedApp.Start(zmq => zmq.Pull<Sink, BatchCollector>(HostedApp.AnyPort), services => services.AddSingleton(sizes));
        await using var source = await HostedApp.Start(zmq => zmq.Push<Source>(sink.Endpoint("Sink")));

        source.Role<Source>().Tell(Message.FromText("hello"));

        Assert.Equal(1, await HostedApp.Next(sizes, "a batch"));
    }

    [Fact]
    public async Task A_handler_uses_scoped_services_in_a_scope_for_each_message()
    {
        var used = Channel.CreateUnbounded<UnitOfWork>();
        await using var sink = await HostedApp.Start(zmq => zmq.Pull<Sink, ScopedHandler>(HostedApp.AnyPort), services => services.AddScoped<UnitOfWork>().AddSingleton(used));
        await using var source = await HostedApp.Start(zmq => zmq.Push<Source>(sink.Endpoint("Sink")));

        source.Role<Source>().Tell(Message.FromText("1"));
        source.Role<Source>().Tell(Message.FromText("2"));

        var first = await HostedApp.Next(used, "the first unit of work");
        var second = await HostedApp.Next(used, "the second unit of work");
        Assert.NotSame(first, second);
        Assert.True(first.IsDisposed);
    }

    [Fact]
    public async Task One_key_can_have_several_roles_that_differ_by_name()
    {
        await using var sinks = await HostedApp.Start(
            zmq => zmq.Pull<Sink, Collector>(HostedApp.AnyPort).Pull<Sink, Collector>(HostedApp.AnyPort, o => o with { Name = "second" }), Services);
        await using var source = await HostedApp.Start(zmq => zmq.Push<Source>(sinks.Endpoint("second")));

        source.Role<Source>().Tell(Message.FromText("to the second"));

        Assert.Equal("to the second", await Received);
        Assert.Equal(sinks.Roles["Sink"].Role, sinks.Role<Sink>());
        Assert.Equal(1, (await sinks.Roles["second"].Role.Ask<RoleStatus>(GetRoleStatus.Instance, s_patience)).Received);
    }

    [Fact]
    public async Task Two_roles_of_one_name_are_an_error_that_names_both()
    {
        await using var app = HostedApp.Of(zmq => zmq.Push<Source>(HostedApp.AnyPort).Push<Sink>(HostedApp.AnyPort, o => o with { Name = "Source" }));

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(app.Start);

        Assert.Contains("two roles are named \"Source\", Hosting.Tests.Source and Hosting.Tests.Sink", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_calls_add_roles_to_one_actor_system()
    {
        await using var app = await HostedApp.Start(
            zmq => zmq.Push<Source>(HostedApp.AnyPort),
            Services,
            akka => akka.WithZeroMq(zmq => zmq.Pull<Sink, Collector>(HostedApp.AnyPort)));

        Assert.Equal(["Sink", "Source"], app.Roles.All.Select(role => role.Name));
    }

    [Fact]
    public async Task A_name_without_a_role_is_an_error_that_names_the_roles()
    {
        await using var app = await HostedApp.Start(zmq => zmq.Push<Source>(HostedApp.AnyPort));

        Assert.Equal("there is no role \"Sink\"; there are Source", Assert.Throws<KeyNotFoundException>(() => app.Roles["Sink"]).Message);
    }

    [Fact]
    public async Task Two_apps_in_one_process_have_actor_systems_of_their_own()
    {
        await using var first = await HostedApp.Start(zmq => zmq.Pull<Sink, Collector>(HostedApp.AnyPort), Services);
        await using var second = await HostedApp.Start(zmq => zmq.Pull<Sink, Collector>(HostedApp.AnyPort), Services);

        Assert.NotEqual(first.System, second.System);
        Assert.NotEqual(first.Endpoint("Sink"), second.Endpoint("Sink"));
    }
}

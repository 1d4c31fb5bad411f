using System.Threading.Channels;
using Actors;
using Actors.Hosting;
using Actors.Transport;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Hosting.Tests;

/// <summary>How an app gives a role its handler.</summary>
public sealed class RoleHandlerTests : HandlerTests
{
    [Fact]
    public async Task A_worker_role_passes_on_what_its_handler_answers()
    {
        await using var ends = await HostedApp.Start(zmq => zmq.Push<Source>(HostedApp.AnyPort).Pull<Sink, Collector>(HostedApp.AnyPort), Services);
        await using var middle = await HostedApp.Start(zmq => zmq.Worker<Middle, UpperCase>(ends.Endpoint("Source"), ends.Endpoint("Sink")));

        ends.Role<Source>().Tell(Message.FromText("task"));

        Assert.Equal("TASK", await Received);
    }

    [Fact]
    public async Task A_handler_can_be_given_by_props()
    {
        await using var app = await HostedApp.Start(zmq => zmq.Pull<Sink>(HostedApp.AnyPort, Props.Create(() => new Collector(Inbox))));
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
}

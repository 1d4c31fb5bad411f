using System.Diagnostics;
using System.Threading.Channels;
using Actors;
using Actors.Hosting;
using Actors.Transport;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hosting.Tests;

/// <summary>The orderly stop: what waits is delivered within the host's timeout, and what is not is told.</summary>
public sealed class StopTests
{
    private readonly Channel<string> _received = Channel.CreateUnbounded<string>();

    private void Services(IServiceCollection services) => services.AddSingleton(_received);

    private static Action<IServiceCollection> ShutdownTimeout(TimeSpan timeout) => services => services.Configure<HostOptions>(host => host.ShutdownTimeout = timeout);

    [Fact]
    public async Task What_waits_is_sent_before_the_host_has_stopped()
    {
        await using var sink = await HostedApp.Start(zmq => zmq.Pull<Sink, Collector>(HostedApp.AnyPort), Services);
        var source = await HostedApp.Start(zmq => zmq.Push<Source>(sink.Endpoint("Sink")));
        for (var n = 0; n < 1000; n++) source.Role<Source>().Tell(Message.FromText($"{n}"));

        await source.DisposeAsync();

        for (var n = 0; n < 1000; n++) Assert.Equal($"{n}", await HostedApp.Next(_received, $"message {n}"));
        Assert.Empty(source.Log.At(LogLevel.Warning));
    }

    [Fact]
    public async Task What_a_handler_sends_on_while_it_stops_is_sent_too()
    {
        await using var sink = await HostedApp.Start(zmq => zmq.Pull<Sink, Collector>(HostedApp.AnyPort), Services);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var relay = await HostedApp.Start(
            zmq => zmq.Push<Source>(sink.Endpoint("Sink")).Pull<Middle, Relay>(HostedApp.AnyPort, o => o with { Acknowledged = new() }),
            services => services.AddSingleton(new RelayGate(begun, stopping.Task)),
            akka => akka.WithActors((system, _) => CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseServiceUnbind, "say-that-it-stops", () =>
            {
                stopping.SetResult();
                return Task.FromResult(Akka.Done.Instance);
            })));
        await using var first = await HostedApp.Start(zmq => zmq.Push<Client>(relay.Endpoint("Middle"), o => o with { Acknowledged = new() }));
        first.Role<Client>().Tell(Message.FromText("on its way"));
        await begun.Task.WaitAsync(HostedApp.Patience);

        await relay.DisposeAsync();

        Assert.Equal("on its way", await HostedApp.Next(_received, "the message"));
    }

    [Fact]
    public async Task What_nobody_takes_is_counted_in_the_log_within_the_hosts_timeout()
    {
        var timeout = TimeSpan.FromSeconds(5);
        var app = await HostedApp.Start(zmq => zmq.Push<Source>(HostedApp.AnyPort), ShutdownTimeout(timeout));
        for (var n = 0; n < 10; n++) app.Role<Source>().Tell(Message.FromText($"{n}"));
        var begin = Stopwatch.GetTimestamp();

        await app.DisposeAsync();

        Assert.InRange(Stopwatch.GetElapsedTime(begin), TimeSpan.Zero, timeout);
        Assert.Contains("Source: 10 messages were not delivered in the time that stopping may take", app.Log.At(LogLevel.Warning));
        Assert.Contains("Source: dropped 10 messages: Stopped", app.Log.At(LogLevel.Warning));
    }

    [SkippableFact]
    public async Task What_a_socket_could_not_deliver_in_its_linger_time_is_counted_in_the_log()
    {
        EngineUnderTest.NeedsZmtp("does not tell what its sockets lose");
        var app = await HostedApp.Start(zmq => zmq.Push<Source>("tcp://127.0.0.1:9", o => o with { Socket = o.Socket with { Linger = TimeSpan.FromMilliseconds(100) } }));
        for (var n = 0; n < 10; n++) app.Role<Source>().Tell(Message.FromText($"{n}"));

        await app.DisposeAsync();

        Assert.Contains("Source: dropped 10 messages: Unsent", app.Log.At(LogLevel.Warning));
    }

    [Fact]
    public async Task A_stop_timeout_of_the_roles_is_kept()
    {
        var app = await HostedApp.Start(zmq =>
        {
            zmq.StopTimeout = TimeSpan.FromMilliseconds(300);
            zmq.Push<Source>(HostedApp.AnyPort);
        });
        app.Role<Source>().Tell(Message.FromText("never taken"));
        var begin = Stopwatch.GetTimestamp();

        await app.DisposeAsync();

        Assert.InRange(Stopwatch.GetElapsedTime(begin), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Contains("Source: 1 messages were not delivered in the time that stopping may take", app.Log.At(LogLevel.Warning));
    }

    [Fact]
    public async Task The_other_app_of_the_process_goes_on_when_one_stops()
    {
        await using var sink = await HostedApp.Start(zmq => zmq.Pull<Sink, Collector>(HostedApp.AnyPort), Services);
        await using var stays = await HostedApp.Start(zmq => zmq.Push<Source>(sink.Endpoint("Sink")));
        stays.Role<Source>().Tell(Message.FromText("before"));
        Assert.Equal("before", await HostedApp.Next(_received, "the message before the stop"));

        await (await HostedApp.Start(zmq => zmq.Push<Source>(sink.Endpoint("Sink")))).DisposeAsync();

        stays.Role<Source>().Tell(Message.FromText("after"));
        Assert.Equal("after", await HostedApp.Next(_received, "the message after the stop"));
        Assert.Empty(stays.Log.At(LogLevel.Warning));
    }

    [Fact]
    public async Task A_stopped_app_frees_its_ports()
    {
        var app = await HostedApp.Start(zmq => zmq.Push<Source>(HostedApp.AnyPort));
        var endpoint = app.Endpoint("Source");
        await app.DisposeAsync();

        await using var again = await HostedApp.Start(zmq => zmq.Push<Source>($"bind:{endpoint}"));

        Assert.Equal(endpoint, again.Endpoint("Source"));
    }

    internal sealed record RelayGate(TaskCompletionSource Begun, Task Stopping);

    /// <summary>Sends on, but not before the app stops.</summary>
    internal sealed class Relay : ReceiveActor
    {
        public Relay(RelayGate gate, IRequiredActor<Source> next) => ReceiveAsync<Message>(async message =>
        {
            gate.Begun.SetResult();
            await gate.Stopping;
            next.ActorRef.Tell(message);
        });
    }
}

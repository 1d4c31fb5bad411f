using Actors.Hosting;
using Actors.Transport;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// A pull role in an app, and a push role in another: prints what the handler was told, and ends.
using var sink = App("sink", zmq => zmq.Pull<Sink, Printer>("tcp://127.0.0.1:0"));
await sink.StartAsync();
var endpoint = ZeroMqRoles.Of(sink.Services.GetRequiredService<ActorSystem>())["Sink"].Endpoints[0];
using var source = App("source", zmq => zmq.Push<Source>(endpoint));
await source.StartAsync();

source.Services.GetRequiredService<IRequiredActor<Source>>().ActorRef.Tell(Message.FromText("hello from a stranger"));
await sink.Services.GetRequiredService<Told>().Task.WaitAsync(TimeSpan.FromSeconds(30));
await source.StopAsync();
await sink.StopAsync();

IHost App(string name, Action<ZeroMqBuilder> roles)
{
    var builder = Host.CreateApplicationBuilder();
    builder.Services.AddSingleton<Told>();
    builder.Services.AddAkka(name, akka => akka.AddHocon($"actors.transport.engine = {args[0]}", HoconAddMode.Prepend).WithZeroMq(roles));
    return builder.Build();
}

internal sealed class Sink;

internal sealed class Source;

internal sealed class Told : TaskCompletionSource;

internal sealed class Printer : ReceiveActor
{
    public Printer(Told told) => Receive<Message>(message =>
    {
        Console.WriteLine(message.Text());
        told.TrySetResult();
    });
}

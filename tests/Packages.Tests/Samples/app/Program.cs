using Actors;
using Actors.Transport;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// A push and a pull role in an app that stands on Akka.Hosting: prints what the handler was told, and ends.
var done = new TaskCompletionSource();
var builder = Host.CreateApplicationBuilder();
builder.Services.AddAkka("app", akka => akka.AddHocon($"actors.transport.engine = {args[0]}", HoconAddMode.Prepend).WithActors((system, registry) =>
{
    var sink = new PullSettings { Name = "sink", Socket = new SocketSettings { Bind = ["tcp://127.0.0.1:0"] } };
    registry.Register<Printer>(system.ActorOf(PullRole.Props(sink, Props.Create(() => new Printer(done))), "sink"));
}));
using var host = builder.Build();
await host.StartAsync();

var pull = host.Services.GetRequiredService<IRequiredActor<Printer>>().ActorRef;
var ready = await pull.Ask<RoleReady>(WhenReady.Instance, TimeSpan.FromSeconds(30));
var source = new PushSettings { Name = "source", Socket = new SocketSettings { Connect = ready.Endpoints } };
var push = host.Services.GetRequiredService<ActorSystem>().ActorOf(PushRole.Props(source), "source");
push.Tell(Message.FromText("hello from a stranger"));
await done.Task.WaitAsync(TimeSpan.FromSeconds(30));
await host.StopAsync();

internal sealed class Printer : ReceiveActor
{
    public Printer(TaskCompletionSource done) => Receive<Message>(message =>
    {
        Console.WriteLine(message.Text());
        done.TrySetResult();
    });
}

#region usings
using System.Threading.Channels;
using Actors;
using Actors.Transport;
using Akka.Actor;
#endregion

namespace Docs.Tests.Roles;

/// <summary>The samples of docs/roles/pipeline.md.</summary>
public sealed class PipelineSamples : SampleTests
{
    [Fact]
    public async Task What_is_pushed_is_pulled()
    {
        var system = Start();

        #region pull
        var received = Channel.CreateUnbounded<string>();
        var pull = system.ActorOf(PullRole.Props(
            new PullSettings { Name = "pull", Socket = new SocketSettings { Bind = ["tcp://127.0.0.1:0"] } },
            Props.Create(() => new Collector(received.Writer))), "pull");
        var sink = await pull.Ask<RoleReady>(WhenReady.Instance);
        #endregion

        #region push
        var push = system.ActorOf(PushRole.Props(
            new PushSettings { Name = "push", Socket = new SocketSettings { Connect = [sink.Endpoints[0]] } }), "push");
        push.Tell(Message.FromText("a task"));
        #endregion

        Assert.Equal("a task", await Next(received));
    }

    [Fact]
    public async Task A_worker_stands_between()
    {
        var system = Start();
        var received = Channel.CreateUnbounded<string>();
        var pull = system.ActorOf(PullRole.Props(
            new PullSettings { Name = "pull", Socket = new SocketSettings { Bind = ["tcp://127.0.0.1:0"] } },
            Props.Create(() => new Collector(received.Writer))));
        var sink = await pull.Ask<RoleReady>(WhenReady.Instance);
        var push = system.ActorOf(PushRole.Props(new PushSettings { Name = "push", Socket = new SocketSettings { Bind = ["tcp://127.0.0.1:0"] } }));
        var source = await push.Ask<RoleReady>(WhenReady.Instance);

        #region worker
        var worker = system.ActorOf(WorkerRole.Props(
            new WorkerSettings
            {
                Name = "worker",
                Pull = new SocketSettings { Connect = [source.Endpoints[0]] },
                Push = new SocketSettings { Connect = [sink.Endpoints[0]] },
                Workers = 4,
            },
            Props.Create<Shouter>()), "worker");
        #endregion

        push.Tell(Message.FromText("a task"));
        Assert.Equal("A TASK", await Next(received));
        Assert.Equal(1, (await worker.Ask<RoleStatus>(GetRoleStatus.Instance)).Received);
    }

    [Fact]
    public async Task Acknowledged_tasks_are_in_the_ledger()
    {
        var system = Start();

        #region acknowledged
        var received = Channel.CreateUnbounded<string>();
        var push = system.ActorOf(PushRole.Props(new PushSettings
        {
            Name = "push",
            Socket = new SocketSettings { Bind = ["tcp://127.0.0.1:0"] },
            Acknowledged = new AcknowledgedSettings { TaskDeadline = TimeSpan.FromSeconds(30), MaxTries = 5 },
        }), "push");
        var source = await push.Ask<RoleReady>(WhenReady.Instance);

        var pull = system.ActorOf(PullRole.Props(
            new PullSettings
            {
                Name = "pull",
                Socket = new SocketSettings { Connect = [source.Endpoints[0]] },
                Acknowledged = new AcknowledgedSettings { Credit = 256 },
            },
            Props.Create(() => new Collector(received.Writer))), "pull");

        push.Tell(Message.FromText("a task"));
        await push.Ask<RoleDrained>(DrainRole.Instance);
        var status = await push.Ask<RoleStatus>(GetRoleStatus.Instance);
        // accepted = acknowledged + outstanding + dead-lettered
        Console.WriteLine(status.Ledger);
        #endregion

        Assert.Equal("a task", await Next(received));
        Assert.Equal((1, 1, 0), (status.Ledger!.Value.Accepted, status.Ledger.Value.Acknowledged, status.Ledger.Value.DeadLettered));
        Assert.Equal("pull", (await pull.Ask<RoleStatus>(GetRoleStatus.Instance)).Role);
    }

    [Fact]
    public async Task An_acknowledged_worker_stands_between()
    {
        var system = Start();
        var received = Channel.CreateUnbounded<string>();
        var pull = system.ActorOf(PullRole.Props(
            new PullSettings { Name = "pull", Socket = new SocketSettings { Bind = ["tcp://127.0.0.1:0"] }, Acknowledged = new() },
            Props.Create(() => new Collector(received.Writer))));
        var sink = await pull.Ask<RoleReady>(WhenReady.Instance);
        var push = system.ActorOf(PushRole.Props(new PushSettings { Name = "push", Socket = new SocketSettings { Bind = ["tcp://127.0.0.1:0"] }, Acknowledged = new() }));
        var source = await push.Ask<RoleReady>(WhenReady.Instance);

        #region acknowledged-worker
        var worker = system.ActorOf(WorkerRole.Props(
            new WorkerSettings
            {
                Name = "worker",
                Pull = new SocketSettings { Connect = [source.Endpoints[0]] },
                Push = new SocketSettings { Connect = [sink.Endpoints[0]] },
                Acknowledged = new(),
            },
            Props.Create<Shouter>()), "worker");
        #endregion

        push.Tell(Message.FromText("a task"));
        Assert.Equal("A TASK", await Next(received));
        await push.Ask<RoleDrained>(DrainRole.Instance);
        Assert.Equal(1, (await push.Ask<RoleStatus>(GetRoleStatus.Instance)).Ledger!.Value.Acknowledged);
        Assert.Equal(1, (await worker.Ask<RoleStatus>(GetRoleStatus.Instance)).Ledger!.Value.Acknowledged);
    }

    [Fact]
    public async Task A_journal_keeps_tasks()
    {
        foreach (var left in Directory.GetFiles(".", "push.journal*")) File.Delete(left);
        var system = Start();

        #region journal
        var push = system.ActorOf(PushRole.Props(new PushSettings
        {
            Name = "push",
            Socket = new SocketSettings { Bind = ["tcp://127.0.0.1:0"] },
            Acknowledged = new(),
            Journal = new JournalSettings("push.journal"),
        }), "push");
        #endregion

        var source = await push.Ask<RoleReady>(WhenReady.Instance);
        push.Tell(Message.FromText("a task"));
        var received = Channel.CreateUnbounded<string>();
        var pull = system.ActorOf(PullRole.Props(
            new PullSettings { Name = "pull", Socket = new SocketSettings { Connect = [source.Endpoints[0]] }, Acknowledged = new() },
            Props.Create(() => new Collector(received.Writer))));
        Assert.Equal("a task", await Next(received));
        Assert.NotNull((await push.Ask<RoleStatus>(GetRoleStatus.Instance)).Journal);
        Assert.True(File.Exists("push.journal"));
        await pull.GracefulStop(TimeSpan.FromSeconds(30));
    }
}

#region shouter
public sealed class Shouter : ReceiveActor
{
    public Shouter() => Receive<Message>(task => Sender.Tell(Message.FromText(task.Text().ToUpperInvariant())));
}
#endregion

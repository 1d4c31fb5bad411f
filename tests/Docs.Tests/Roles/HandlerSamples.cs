#region usings
using System.Threading.Channels;
using Actors;
using Actors.Transport;
using Akka.Actor;
#endregion

namespace Docs.Tests.Roles
{
    using Greetings;

    /// <summary>The samples of docs/roles/handlers.md.</summary>
    public sealed class HandlerSamples : SampleTests
    {
        [Fact]
        public async Task A_handler_is_told_messages()
        {
            var system = Start();

            #region use
            var received = Channel.CreateUnbounded<string>();
            var settings = new PullSettings { Name = "pull", Socket = new SocketSettings { Bind = ["tcp://127.0.0.1:0"] } };
            var pull = system.ActorOf(PullRole.Props(settings, Props.Create(() => new Collector(received.Writer))), "pull");
            #endregion

            var sink = await pull.Ask<RoleReady>(WhenReady.Instance);
            var push = system.ActorOf(PushRole.Props(new PushSettings { Name = "push", Socket = new SocketSettings { Connect = [sink.Endpoints[0]] } }));

            #region produce
            system.ActorOf(Props.Create(() => new Counter(push, 3)), "counter");
            #endregion

            Assert.Equal(["1", "2", "3"], [await Next(received), await Next(received), await Next(received)]);
        }

        [Fact]
        public async Task A_handler_and_a_producer_work_in_batches()
        {
            var system = Start();
            var received = Channel.CreateUnbounded<string>();
            var settings = new PullSettings { Name = "pull", Socket = new SocketSettings { Bind = ["tcp://127.0.0.1:0"] } };
            var pull = system.ActorOf(PullRole.Props(settings, Props.Create(() => new BatchCollector(received.Writer))), "pull");
            var sink = await pull.Ask<RoleReady>(WhenReady.Instance);
            var push = system.ActorOf(PushRole.Props(new PushSettings { Name = "push", Socket = new SocketSettings { Connect = [sink.Endpoints[0]] } }));

            system.ActorOf(Props.Create(() => new BatchCounter(push, 3)), "counter");

            Assert.Equal(["1", "2", "3"], [await Next(received), await Next(received), await Next(received)]);
        }

        [Theory]
        [InlineData(typeof(Greeter))]
        [InlineData(typeof(SlowGreeter))]
        public async Task A_handler_answers(Type handler)
        {
            var system = Start();
            var settings = new ReplySettings { Name = "server", Socket = new SocketSettings { Bind = ["inproc://greetings"] } };
            system.ActorOf(ReplyRole.Props(settings, Props.Create(handler)));
            var client = system.ActorOf(RequestRole.Props(new RequestSettings { Name = "client", Socket = new SocketSettings { Connect = ["inproc://greetings"] } }));

            Assert.Equal("Hello, Ada!", (await client.Ask<Message>(Message.FromText("Ada"))).Text());
        }

        [Fact]
        public async Task A_handler_is_told_gaps_and_task_ids()
        {
            var system = Start();
            var received = Channel.CreateUnbounded<string>();
            var subscriber = system.ActorOf(Props.Create(() => new GapAware(received.Writer)));
            subscriber.Tell(new SubscriptionGap("subscriber", "tcp://127.0.0.1:5556", 233, 7, 9));
            Assert.Equal("missed 7 to 9", await Next(received));

            var push = system.ActorOf(PushRole.Props(new PushSettings { Name = "push", Socket = new SocketSettings { Bind = ["tcp://127.0.0.1:0"] }, Acknowledged = new() }));
            var source = await push.Ask<RoleReady>(WhenReady.Instance);

            #region task-ids-use
            var settings = new PullSettings
            {
                Name = "pull",
                Socket = new SocketSettings { Connect = [source.Endpoints[0]] },
                Acknowledged = new(),
                TellTaskIds = true,
            };
            system.ActorOf(PullRole.Props(settings, Props.Create(() => new Ledgered(received.Writer))), "pull");
            #endregion

            push.Tell(Message.FromText("a task"));
            Assert.EndsWith(": a task", await Next(received), StringComparison.Ordinal);
        }
    }

    #region collector
    /// <summary>Hands on the first frame of each message.</summary>
    public sealed class Collector : ReceiveActor
    {
        public Collector(ChannelWriter<string> texts) => Receive<Message>(message => texts.TryWrite(message.Text()));
    }
    #endregion

    #region slow-greeter
    /// <summary>Takes its time, and takes the next message only then.</summary>
    public sealed class SlowGreeter : ReceiveActor
    {
        public SlowGreeter() => ReceiveAsync<Message>(async request =>
        {
            var greeting = await Task.Run(() => $"Hello, {request.Text()}!");
            Sender.Tell(Message.FromText(greeting));
        });
    }
    #endregion

    #region gap-aware
    /// <summary>Hears of what it missed, in its place between the messages.</summary>
    public sealed class GapAware : ReceiveActor
    {
        public GapAware(ChannelWriter<string> texts)
        {
            Receive<Message>(message => texts.TryWrite(message.Text()));
            Receive<SubscriptionGap>(gap => texts.TryWrite($"missed {gap.First} to {gap.Last?.ToString() ?? "the end"}"));
        }
    }
    #endregion

    #region task-ids
    /// <summary>Knows a task that comes again by its id.</summary>
    public sealed class Ledgered : ReceiveActor
    {
        public Ledgered(ChannelWriter<string> texts) => Receive<ReceivedTask>(task => texts.TryWrite($"{task.Id}: {task.Payload.Text()}"));
    }
    #endregion

    #region counter
    /// <summary>Tells a role the numbers from 1 on, as many as the role asks for at a time.</summary>
    public sealed class Counter : ReceiveActor
    {
        private int _sent;

        public Counter(IActorRef role, int last)
        {
            Receive<Demand>(demand =>
            {
                for (var free = demand.Messages; free > 0 && _sent < last; free--) role.Tell(Message.FromText($"{++_sent}"));
            });
            role.Tell(RegisterProducer.Instance);
        }
    }
    #endregion
}

namespace Greetings
{
    #region greeter
    /// <summary>Answers each request.</summary>
    public sealed class Greeter : ReceiveActor
    {
        public Greeter() => Receive<Message>(request => Sender.Tell(Message.FromText($"Hello, {request.Text()}!")));
    }
    #endregion

    #region batch-collector
    /// <summary>Is told at once what came together.</summary>
    public sealed class BatchCollector : ReceiveActor, IReceiveBatches
    {
        public BatchCollector(ChannelWriter<string> texts) => Receive<MessageBatch>(batch =>
        {
            foreach (var message in batch) texts.TryWrite(message.Text());
        });
    }
    #endregion

    #region batch-counter
    /// <summary>Tells a role the numbers from 1 on, all that the role asks for at once.</summary>
    public sealed class BatchCounter : ReceiveActor
    {
        private int _sent;

        public BatchCounter(IActorRef role, int last)
        {
            Receive<Demand>(demand =>
            {
                var count = Math.Min(demand.Messages, last - _sent);
                if (count == 0) return;
                role.Tell(new MessageBatch([.. Enumerable.Range(_sent + 1, count).Select(number => Message.FromText($"{number}"))]));
                _sent += count;
            });
            role.Tell(RegisterProducer.Instance);
        }
    }
    #endregion
}

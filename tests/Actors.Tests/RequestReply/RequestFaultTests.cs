using Actors.Transport;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Configs;

namespace Actors.Tests;

/// <summary>
/// A request role under random schedules of faults, in virtual time: each request ends exactly once, within its deadline,
/// and a reply is the reply to that request.
/// </summary>
public sealed class RequestFaultTests() : Akka.TestKit.Xunit2.TestKit(TestConfigs.TestSchedulerConfig)
{
    private const int Schedules = 150;

    public enum Framing
    {
        Bare,
        Numbered,
        Identified,
    }

    [Theory]
    [InlineData(Framing.Bare, 0)]
    [InlineData(Framing.Bare, 3)]
    [InlineData(Framing.Numbered, 0)]
    [InlineData(Framing.Numbered, 3)]
    [InlineData(Framing.Identified, 0)]
    [InlineData(Framing.Identified, 3)]
    public void Each_request_ends_once_within_its_deadline(Framing framing, int retries)
    {
        TestTime.FollowScheduler(Sys);
        var ends = new HashSet<string>();
        for (var seed = 0; seed < Schedules; seed++)
        {
            var schedule = new Schedule(Sys, (TestScheduler)Sys.Scheduler, seed, framing, retries);
            try
            {
                schedule.Run();
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"the schedule of seed {seed}: {failure.Message}{Environment.NewLine}{schedule.Log}", failure);
            }
            ends.UnionWith(schedule.Ends);
        }
        // The schedules have to reach every end that there is, or they show nothing of it.
        string[] refusals = framing == Framing.Identified ? [nameof(RequestFailedException), nameof(RequestOverloadException)] : [];
        Assert.Equal([nameof(Message), nameof(OutboundOverflowException), nameof(RequestAbortedException), .. refusals, nameof(RequestTimeoutException)], ends.Order(StringComparer.Ordinal));
    }

    /// <summary>One role, three servers, and whatever can happen to them.</summary>
    private sealed class Schedule
    {
        private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

        // Every time of the role is a multiple of it.
        private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

        private readonly TestScheduler _time;
        private readonly Framing _framing;
        private readonly Random _random;
        private readonly FakeNetwork _network;
        private readonly ActorSystem _system;
        private readonly IActorRef _supervisor;
        private readonly IActorRef _role;
        private readonly List<Asked> _asked = [];
        private readonly List<string> _log = [];
        private readonly List<Message> _late = [];

        public Schedule(ActorSystem system, TestScheduler time, int seed, Framing framing, int retries)
        {
            _system = system;
            _time = time;
            _framing = framing;
            _random = new Random(seed);
            _network = new FakeNetwork(system);
            var props = RequestRole.Props(new RequestSettings
            {
                Name = "client",
                Socket = new SocketSettings { Connect = ["tcp://one:1", "tcp://two:2", "tcp://three:3"] },
                SocketOpener = _network.Open,
                Timeout = Timeout,
                Identified = framing == Framing.Identified ? true : false,
                MaxInFlight = framing == Framing.Bare ? 1 : _random.Next(2, 5),
                Retry = new RetrySettings(retries) { Interval = TimeSpan.FromMilliseconds(50), IntervalMax = TimeSpan.FromMilliseconds(300) },
                Outbound = new OutboundSettings(_random.Next(1, 6), (OverflowRule)_random.Next(4)),
            }).WithDispatcher(CallingThreadDispatcher.Id);
            var started = new TaskCompletionSource<IActorRef>();
            _supervisor = CallingThread.Start(system, Props.Create(() => new Restarting(props, started)));
            _role = started.Task.Result;
        }

        /// <summary>How the requests have ended: the types of their answers.</summary>
        public IEnumerable<string> Ends => _asked.Select(asked => asked.End is Status.Failure failure ? failure.Cause.GetType().Name : asked.End!.GetType().Name);

        public string Log => string.Join(Environment.NewLine, _log);

        public void Run()
        {
            for (var step = 0; step < 120; step++)
            {
                Step();
                Check();
            }
            Pass(Timeout);
            Check();
            Assert.All(_asked, asked => Assert.True(asked.End is not null, $"{asked.Text} has not ended"));
            _system.Stop(_supervisor);
        }

        /// <summary>Lets the time pass so that each timer ends at its own time: the scheduler takes every step at once.</summary>
        private void Pass(TimeSpan time)
        {
            for (var passed = TimeSpan.Zero; passed < time; passed += Tick) _time.Advance(Tick);
        }

        private void Step()
        {
            var connection = _network.Connections.Count == 0 ? null : _network.Connections[_random.Next(_network.Connections.Count)];
            switch (_random.Next(14))
            {
                case 0 or 1 or 2 when connection is { IsOpen: true, IsConnected: false }: Did("connect", connection, connection.Connect); break;
                case 3 when connection is { IsConnected: true }: Did("disconnect", connection, connection.Disconnect); break;
                case 4 when connection is { IsOpen: true } && _random.Next(3) == 0: Did("fail", connection, connection.Fail); break;
                case 4 or 5 when connection is { IsOpen: false }: Did("open", connection, connection.Opened); break;
                case 6 or 7 or 8 when connection is { IsConnected: true, AtServer.Count: > 0 }: Did("answer", connection, () => Answer(connection)); break;
                case 9 when connection is { IsConnected: true } && _framing != Framing.Bare && _late.Count > 0:
                    Did("repeat a reply", connection, () => connection.Deliver(_late[_random.Next(_late.Count)]));
                    break;
                case 10 when connection is { IsConnected: true }: Did("garbage", connection, () => connection.Deliver(Garbage())); break;
                case 11 when _framing == Framing.Identified && connection is { IsConnected: true, AtServer.Count: > 0 }: Did("refuse", connection, () => Refuse(connection)); break;
                case 12 when _random.Next(8) == 0: Did("restart", null, () => _supervisor.Tell("restart")); break;
                case 5 or 13: Did("wait", null, () => Pass(Tick * _random.Next(40))); break;
                default: Did("ask", null, Ask); break;
            }
        }

        private void Did(string what, FakeConnection? connection, Action action)
        {
            _log.Add($"{_time.Now.TimeOfDay:c} {what}{(connection is null ? "" : $" at {_network.Connections.ToList().IndexOf(connection)}")}");
            action();
        }

        private void Ask()
        {
            var asked = new Asked($"request {_asked.Count}", _time.Now);
            _asked.Add(asked);
            var asker = CallingThread.Start(_system, Props.Create(() => new Asker(asked, _time)));
            _role.Tell(Message.FromText(asked.Text), asker);
        }

        private void Answer(FakeConnection connection)
        {
            var request = connection.AtServer[_random.Next(connection.AtServer.Count)];
            connection.AtServer.Remove(request);
            var reply = ReplyTo(request);
            _late.Add(reply);
            connection.Deliver(reply);
        }

        private static Message ReplyTo(Message request)
        {
            var last = request.FrameCount - 1;
            var frames = Enumerable.Range(0, last).Select(i => request[i]).Append(Message.FromText($"reply to {request.Text(last)}")[0]);
            return new Message([.. frames]);
        }

        private void Refuse(FakeConnection connection)
        {
            var request = connection.AtServer[^1];
            connection.AtServer.Remove(request);
            var id = request[0].ToArray();
            id[2] = (byte)'X';
            connection.Deliver(new Message(id, ReadOnlyMemory<byte>.Empty, new[] { (byte)_random.Next(0, 6) }, "refused by the test"u8.ToArray()));
        }

        private Message Garbage()
        {
            var octets = new byte[_random.Next(0, 40)];
            _random.NextBytes(octets);
            // A bare request's reply needs no more than a delimiter and a body, so these have none.
            return _framing == Framing.Bare ? new Message((byte[])[.. octets, 1]) : new Message(octets, new byte[] { 1 });
        }

        private void Check()
        {
            foreach (var asked in _asked)
            {
                Assert.True(asked.Ends <= 1, $"{asked.Text} has ended {asked.Ends} times");
                Assert.True(asked.End is not null || _time.Now - asked.At < Timeout, $"{asked.Text} has outlived its deadline");
                switch (asked.End)
                {
                    case null: break;
                    case Message reply: Assert.Equal($"reply to {asked.Text}", reply.Text()); break;
                    case Status.Failure { Cause: RequestTimeoutException }: Assert.Equal(Timeout, asked.Took); break;
                    case Status.Failure { Cause: OutboundOverflowException or RequestOverloadException or RequestFailedException or RequestAbortedException }: break;
                    default: Assert.Fail($"{asked.Text} ended in {asked.End}"); break;
                }
                Assert.True(asked.Took <= Timeout, $"{asked.Text} ended after {asked.Took}");
            }
        }
    }

    private sealed class Asked(string text, DateTimeOffset at)
    {
        public string Text => text;

        public DateTimeOffset At => at;

        public int Ends { get; set; }

        public object? End { get; set; }

        public TimeSpan Took { get; set; }
    }

    private sealed class Asker : UntypedActor
    {
        private readonly Asked _asked;
        private readonly TestScheduler _time;

        public Asker(Asked asked, TestScheduler time)
        {
            _asked = asked;
            _time = time;
        }

        protected override void OnReceive(object message)
        {
            _asked.Ends++;
            _asked.End = message;
            _asked.Took = _time.Now - _asked.At;
        }
    }

    /// <summary>Kills its child on demand, which starts again as after any failure.</summary>
    private sealed class Restarting : UntypedActor
    {
        private readonly IActorRef _child;

        public Restarting(Props child, TaskCompletionSource<IActorRef> started)
        {
            _child = Context.ActorOf(child);
            started.SetResult(_child);
        }

        protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Restart);

        protected override void OnReceive(object message) => _child.Tell(Kill.Instance);
    }
}

using Actors.TestKit;
using Actors.Transport;
using Akka.Actor;

namespace Actors.Tests;

/// <summary>
/// A request role under random schedules of faults, in virtual time: each request ends exactly once, within its deadline,
/// and a reply is the reply to that request.
/// </summary>
public sealed class RequestFaultTests() : Akka.TestKit.Xunit2.TestKit(VirtualTime.Config)
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
        var time = VirtualTime.Of(Sys);
        var ends = new HashSet<string>();
        for (var seed = 0; seed < Schedules; seed++)
        {
            var schedule = new Schedule(Sys, time, seed, framing, retries);
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

        private readonly VirtualTime _time;
        private readonly Framing _framing;
        private readonly Random _random;
        private readonly SimulatedNetwork _network;
        private readonly Dictionary<SimulatedPeer, List<Message>> _atServers = [];
        private readonly Dictionary<SimulatedPeer, int> _read = [];
        private readonly ActorSystem _system;
        private readonly IActorRef _supervisor;
        private readonly IActorRef _role;
        private readonly List<Asked> _asked = [];
        private readonly List<string> _log = [];
        private readonly List<Message> _late = [];

        public Schedule(ActorSystem system, VirtualTime time, int seed, Framing framing, int retries)
        {
            _system = system;
            _time = time;
            _framing = framing;
            _random = new Random(seed);
            _network = SimulatedNetwork.Of(system);
            var props = RequestRole.Props(new RequestSettings
            {
                Name = "client",
                Socket = new SocketSettings { Connect = ["tcp://one:1", "tcp://two:2", "tcp://three:3"] },
                Timeout = Timeout,
                Identified = framing == Framing.Identified ? true : false,
                MaxInFlight = framing == Framing.Bare ? 1 : _random.Next(2, 5),
                Retry = new RetrySettings(retries) { Interval = TimeSpan.FromMilliseconds(50), IntervalMax = TimeSpan.FromMilliseconds(300) },
                Outbound = new OutboundSettings(_random.Next(1, 6), (OverflowRule)_random.Next(4)),
            });
            var started = new TaskCompletionSource<IActorRef>();
            _supervisor = system.ActorOf(Props.Create(() => new Restarting(props, started)));
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
            _time.Advance(Timeout);
            Check();
            Assert.All(_asked, asked => Assert.True(asked.End is not null, $"{asked.Text} has not ended"));
            _system.Stop(_supervisor);
        }

        private void Step()
        {
            var sockets = _network.Sockets;
            var socket = sockets.Count == 0 ? null : sockets[_random.Next(sockets.Count)];
            var isOpen = socket?.IsOpen == true;
            var server = socket?.Peers.SingleOrDefault();
            var asked = server is null ? [] : AtServer(server);
            switch (_random.Next(14))
            {
                case 0 or 1 or 2 when isOpen && server is null: Did("connect", socket, () => socket!.Connect()); break;
                case 3 when server is not null: Did("disconnect", socket, () => server.Disconnect()); break;
                case 4 when isOpen && _random.Next(3) == 0: Did("fail", socket, () => socket!.Fail(new IOException("the test broke the socket"))); break;
                case 4 or 5 when socket is not null && !isOpen: Did("open", socket, socket.Open); break;
                case 6 or 7 or 8 when asked.Count > 0: Did("answer", socket, () => Answer(server!, asked)); break;
                case 9 when server is not null && _framing != Framing.Bare && _late.Count > 0:
                    Did("repeat a reply", socket, () => server.Send(_late[_random.Next(_late.Count)]));
                    break;
                case 10 when server is not null: Did("garbage", socket, () => server.Send(Garbage())); break;
                case 11 when _framing == Framing.Identified && asked.Count > 0: Did("refuse", socket, () => Refuse(server!, asked)); break;
                case 12 when _random.Next(8) == 0: Did("restart", null, () => _supervisor.Tell("restart")); break;
                case 5 or 13: Did("wait", null, () => _time.Advance(Tick * _random.Next(40))); break;
                default: Did("ask", null, Ask); break;
            }
        }

        private void Did(string what, SimulatedSocket? socket, Action action)
        {
            _log.Add($"{_time.Now.TimeOfDay:c} {what}{(socket is null ? "" : $" at {socket.Name}")}");
            action();
        }

        private void Ask()
        {
            var asked = new Asked($"request {_asked.Count}", _time.Now);
            _asked.Add(asked);
            var asker = _system.ActorOf(Props.Create(() => new Asker(asked, _time)));
            _role.Tell(Message.FromText(asked.Text), asker);
        }

        /// <summary>The requests that the server has not answered yet.</summary>
        private List<Message> AtServer(SimulatedPeer server)
        {
            if (!_atServers.TryGetValue(server, out var known)) _atServers.Add(server, known = []);
            for (var unread = server.Received.Count - _read.GetValueOrDefault(server); unread > 0; unread--) known.Add(server.Expect());
            _read[server] = server.Received.Count;
            return known;
        }

        private void Answer(SimulatedPeer server, List<Message> asked)
        {
            var request = asked[_random.Next(asked.Count)];
            asked.Remove(request);
            var reply = ReplyTo(request);
            _late.Add(reply);
            server.Send(reply);
        }

        private static Message ReplyTo(Message request)
        {
            var last = request.FrameCount - 1;
            var frames = Enumerable.Range(0, last).Select(i => request[i]).Append(Message.FromText($"reply to {request.Text(last)}")[0]);
            return new Message([.. frames]);
        }

        private void Refuse(SimulatedPeer server, List<Message> asked)
        {
            var request = asked[^1];
            asked.Remove(request);
            var id = request[0].ToArray();
            id[2] = (byte)'X';
            server.Send(new Message(id, ReadOnlyMemory<byte>.Empty, new[] { (byte)_random.Next(0, 6) }, "refused by the test"u8.ToArray()));
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
        private readonly VirtualTime _time;

        public Asker(Asked asked, VirtualTime time)
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

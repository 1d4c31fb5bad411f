using Actors.Transport;
using Microsoft.Extensions.Time.Testing;

namespace Actors.Tests;

/// <summary>The requests of a queue under random schedules: whatever happens, each ends once, and in its time.</summary>
public sealed class RequestBookTests
{
    private static readonly SocketLink Socket = new(new SocketSpec { Name = "servers", Kind = SocketKind.Router, Settings = new SocketSettings { Bind = ["tcp://127.0.0.1:0"] } }, null, 0, null);

    private static QueueSettings Settings => new() { Name = "queue", Clients = new SocketSettings { Bind = ["tcp://*:1"] }, Servers = new SocketSettings { Bind = ["tcp://*:2"] }, Timeout = TimeSpan.FromSeconds(10) };

    private static readonly Message Ok = Message.FromText("ok");

    private static ReceivedRequest Request(int number, bool identified)
    {
        var body = Message.FromText($"{number}").Prepend(ReadOnlyMemory<byte>.Empty);
        return new ReceivedRequest((identified ? body.Prepend(new RequestId(Guid.Empty, (ulong)number).ToFrame()) : body).Prepend(new byte[] { 1 }), Socket);
    }

    [Fact]
    public void The_server_with_the_most_room_takes_the_next_request()
    {
        var run = new Run(Settings);
        var small = run.Join(1);
        var large = run.Join(3);
        for (var i = 0; i < 3; i++) run.Book.Accept(Request(i, identified: true));

        Assert.Equal((1, 2), (small.InHand.Count, large.InHand.Count));
        run.Book.Accept(Request(3, identified: true));
        run.Book.Accept(Request(4, identified: true));
        Assert.Equal((1, 3, 1), (small.InHand.Count, large.InHand.Count, (int)run.Book.Counts.Waiting));
    }

    [Fact]
    public void Servers_with_equal_room_take_turns()
    {
        var run = new Run(Settings);
        var servers = new[] { run.Join(1), run.Join(1), run.Join(1) };
        for (var i = 0; i < 9; i++)
        {
            run.Book.Accept(Request(i, identified: true));
            var given = run.Given[^1];
            Assert.Same(servers[i % 3], given.Server);
            run.Book.Answer(given.Number, given.Server, Ok);
        }
    }

    [Theory]
    [InlineData(Redelivery.Identified, true, true)]
    [InlineData(Redelivery.Identified, false, false)]
    [InlineData(Redelivery.Always, false, true)]
    [InlineData(Redelivery.Never, true, false)]
    public void A_request_of_a_lost_server_goes_to_another_where_it_may(Redelivery rule, bool identified, bool again)
    {
        var run = new Run(Settings with { Redeliver = rule });
        var lost = run.Join(1);
        run.Book.Accept(Request(1, identified));
        run.Book.Lose(lost, "test");
        var other = run.Join(1);

        Assert.Equal(again ? 1 : 0, other.InHand.Count);
        Assert.Equal(again ? [] : [RefusalCode.Lost], run.Refusals);
    }

    [Fact]
    public void A_request_that_takes_its_servers_with_it_is_given_up()
    {
        var run = new Run(Settings with { MaxTries = 2 });
        run.Book.Accept(Request(1, identified: true));
        for (var i = 0; i < 2; i++) run.Book.Lose(run.Join(1), "test");

        Assert.Equal([RefusalCode.Lost], run.Refusals);
        Assert.Equal(2, run.Given.Count);
    }

    [Fact]
    public void Beyond_the_capacity_a_request_is_refused()
    {
        var run = new Run(Settings with { Capacity = 2 });
        for (var i = 0; i < 3; i++) run.Book.Accept(Request(i, identified: true));

        Assert.Equal([RefusalCode.Overload], run.Refusals);
        var counts = run.Book.Counts;
        Assert.Equal((2, 1), (counts.Accepted, counts.Refused));
    }

    [Fact]
    public void A_repeat_of_an_open_request_is_not_given_to_a_server_again()
    {
        var run = new Run(Settings);
        var one = run.Join(1);
        run.Join(1);
        run.Book.Accept(Request(1, identified: true));
        run.Book.Accept(Request(1, identified: true));
        run.Book.Answer(run.Given.Single().Number, one, Ok);

        Assert.Equal(1, run.Replies);
    }

    [Fact]
    public void A_repeat_of_an_answered_request_waits_for_the_server_that_answered()
    {
        var run = new Run(Settings);
        var first = run.Join(1);
        run.Book.Accept(Request(1, identified: true));
        run.Book.Answer(run.Given[0].Number, first, Ok);
        run.Book.Accept(Request(2, identified: true));
        var other = run.Join(5);

        run.Book.Accept(Request(1, identified: true));
        Assert.Empty(other.InHand);
        run.Book.Answer(run.Given[1].Number, first, Ok);
        Assert.Equal((first, 3), (run.Given[^1].Server, run.Given.Count));
    }

    [Fact]
    public void A_repeat_does_not_wait_for_a_server_that_is_gone()
    {
        var run = new Run(Settings);
        var first = run.Join(1);
        run.Book.Accept(Request(1, identified: true));
        run.Book.Answer(run.Given[0].Number, first, Ok);
        run.Book.Accept(Request(2, identified: true));
        run.Book.Accept(Request(1, identified: true));
        run.Book.Lose(first, "test");
        var other = run.Join(2);

        Assert.Equal(2, other.InHand.Count);
    }

    [Fact]
    public void A_server_that_let_a_request_expire_has_no_room_until_it_answers()
    {
        var run = new Run(Settings);
        var slow = run.Join(1);
        run.Book.Accept(Request(1, identified: true));
        run.Advance(TimeSpan.FromSeconds(10));
        run.Book.Accept(Request(2, identified: true));

        Assert.Equal([RefusalCode.Expired], run.Refusals);
        Assert.Single(run.Given);
        Assert.False(run.Book.Answer(run.Given[0].Number, slow, Ok), "a late reply was taken");
        Assert.Equal(2, run.Given.Count);
    }

    [Fact]
    public void A_request_that_a_server_has_for_too_long_goes_to_another()
    {
        var run = new Run(Settings with { TryTimeout = TimeSpan.FromSeconds(1) });
        run.Join(1);
        var other = run.Join(1);
        run.Book.Accept(Request(1, identified: true));
        run.Advance(TimeSpan.FromSeconds(1));

        Assert.Same(other, run.Given[^1].Server);
        Assert.True(run.Book.Answer(run.Given[0].Number, run.Given[0].Server, Ok), "the reply of the first server was not taken");
        Assert.Equal((1, 0), (run.Replies, other.Room));
    }

    [Fact]
    public void A_failure_told_by_a_server_that_has_the_request_no_more_does_not_end_it()
    {
        var run = new Run(Settings with { TryTimeout = TimeSpan.FromSeconds(1) });
        var slow = run.Join(1);
        var other = run.Join(1);
        run.Book.Accept(Request(1, identified: true));
        run.Advance(TimeSpan.FromSeconds(1));
        run.Book.Fail(run.Given[0].Number, slow, "late");

        Assert.Empty(run.Refusals);
        run.Book.Fail(run.Given[0].Number, other, "bad");
        Assert.Equal([RefusalCode.Failed], run.Refusals);
    }

    [Theory]
    [InlineData(Redelivery.Identified)]
    [InlineData(Redelivery.Always)]
    [InlineData(Redelivery.Never)]
    public void Under_any_schedule_each_request_ends_once_and_in_its_time(Redelivery rule)
    {
        for (var seed = 0; seed < 400; seed++)
        {
            try
            {
                new Schedule(seed, rule).Run();
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"the schedule of seed {seed}: {failure.Message}", failure);
            }
        }
    }

    /// <summary>A book, and what it has done.</summary>
    private sealed class Run : IQueueOutlets
    {
        private readonly FakeTimeProvider _time = new();

        public Run(QueueSettings settings)
        {
            Settings = settings;
            Book = new RequestBook(settings, _time, this);
        }

        public QueueSettings Settings { get; }

        public RequestBook Book { get; }

        public List<(ulong Number, QueueServer Server, QueuedRequest Request)> Given { get; } = [];

        public List<RefusalCode> Refusals { get; } = [];

        public int Replies { get; private set; }

        public Action<ReceivedRequest> Ended { get; set; } = _ => { };

        public TimeSpan Now => _time.Elapsed();

        public TestServer Join(int capacity)
        {
            var server = new TestServer { Capacity = capacity };
            Book.Join(server);
            return server;
        }

        public void Advance(TimeSpan by)
        {
            _time.Advance(by);
            Book.Expire();
        }

        public void Assign(QueueServer server, QueuedRequest request)
        {
            Assert.True(server.Room >= 0, "a server was given more than its capacity");
            Given.Add((request.Number, server, request));
        }

        public void Reply(ReceivedRequest client, Message body)
        {
            Replies++;
            Ended(client);
        }

        public void Refuse(ReceivedRequest client, Refusal refusal)
        {
            Refusals.Add(refusal.Code);
            Ended(client);
        }
    }

    private sealed class TestServer() : QueueServer(Socket, Guid.NewGuid(), "server")
    {
        public override Message Address(Message message) => message;
    }

    /// <summary>Servers that come, go, answer, fail, repeat and forget at random, and the invariants at each step.</summary>
    private sealed class Schedule
    {
        private readonly Random _random;
        private readonly Run _run;
        private readonly List<TestServer> _there = [];
        private readonly Dictionary<string, TimeSpan> _asked = [];
        private readonly Dictionary<string, int> _ends = [];
        private int _requests;

        public Schedule(int seed, Redelivery rule)
        {
            _random = new Random(seed);
            _run = new Run(Settings with
            {
                Redeliver = rule,
                Capacity = _random.Next(1, 8),
                MaxTries = _random.Next(1, 4),
                TryTimeout = _random.Next(2) == 0 ? TimeSpan.FromSeconds(2) : null,
                Remember = _random.Next(1, 5),
            })
            { Ended = OnEnded };
        }

        public void Run()
        {
            for (var step = 0; step < 150; step++)
            {
                Step();
                Check();
            }
            _run.Advance(_run.Settings.Timeout);
            Check();
            Assert.Equal(0, _run.Book.Open);
            Assert.Null(_run.Book.NextDeadline);
            Assert.All(_asked.Keys, request => Assert.Equal(1, _ends.GetValueOrDefault(request)));
        }

        private void Step()
        {
            switch (_random.Next(12))
            {
                case 0 when _there.Count < 4: _there.Add(_run.Join(_random.Next(1, 4))); break;
                case 1 when Server() is { } server:
                    _there.Remove(server);
                    _run.Book.Lose(server, "schedule");
                    break;
                case 2 when Server() is { } server: _run.Book.Doubt(server); break;
                case 3 when Server() is { } server: _run.Book.Resize(server, server.InHand.Count + server.Owed.Count + _random.Next(3)); break;
                case 4: _run.Advance(TimeSpan.FromMilliseconds(_random.Next(3000))); break;
                case 5 when Given() is { } given && _there.Contains(given.Server): _run.Book.Fail(given.Number, given.Server, "schedule"); break;
                case 6 when Given() is { } given: _run.Book.Answer(given.Number, null, Ok); break;
                case 7 or 8 when Given() is { } given: _run.Book.Answer(given.Number, _there.Contains(given.Server) ? given.Server : null, Ok); break;
                case 9 when _requests > 0 && Open() is { } open: _run.Book.Accept(open); break;
                default: Ask(); break;
            }
        }

        private void Ask()
        {
            var request = Request(_requests++, _random.Next(2) == 0);
            _asked.Add(request.Body.Text(), _run.Now);
            _run.Book.Accept(request);
        }

        /// <summary>A request that a server was given at some time, perhaps long ago.</summary>
        private (ulong Number, QueueServer Server)? Given()
        {
            if (_run.Given.Count == 0) return null;
            var (number, server, _) = _run.Given[_random.Next(_run.Given.Count)];
            return (number, server);
        }

        /// <summary>An identified request that has not ended, as its client would repeat it.</summary>
        private ReceivedRequest? Open() =>
            _run.Given.Where(given => given.Request.Id is not null && !_ends.ContainsKey(given.Request.Client.Body.Text())).Select(given => (ReceivedRequest?)given.Request.Client).LastOrDefault();

        private TestServer? Server() => _there.Count == 0 ? null : _there[_random.Next(_there.Count)];

        private void OnEnded(ReceivedRequest client)
        {
            var request = client.Body.Text();
            _ends[request] = _ends.GetValueOrDefault(request) + 1;
            Assert.Equal(1, _ends[request]);
        }

        private void Check()
        {
            var counts = _run.Book.Counts;
            Assert.Equal(counts.Accepted, counts.Answered + counts.Failed + counts.Lost + counts.Expired + counts.Waiting + counts.Assigned);
            Assert.Equal(_asked.Count, counts.Accepted + counts.Refused);
            Assert.Equal(_ends.Count, counts.Answered + counts.Failed + counts.Lost + counts.Expired + counts.Refused);
            Assert.Equal(counts.Assigned, _there.Sum(server => server.InHand.Count));
            if (counts.Waiting > 0) Assert.All(_there, server => Assert.True(server.Room <= 0 || server.Repeats.Count == 0 && counts.Waiting == _there.Sum(known => known.Repeats.Count), "requests wait although a server has room"));
            foreach (var tries in _run.Given.GroupBy(given => given.Number))
            {
                var again = tries.First().Request.Id is not null ? _run.Settings.Redeliver != Redelivery.Never : _run.Settings.Redeliver == Redelivery.Always;
                Assert.InRange(tries.Count(), 1, again ? _run.Settings.MaxTries : 1);
            }
            foreach (var (request, at) in _asked)
                if (_run.Now - at >= _run.Settings.Timeout) Assert.True(_ends.ContainsKey(request), $"request {request} has outlived its time");
        }
    }
}

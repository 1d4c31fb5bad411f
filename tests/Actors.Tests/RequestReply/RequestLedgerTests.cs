using Actors.Transport;
using Akka.Actor;
using Microsoft.Extensions.Time.Testing;

namespace Actors.Tests;

/// <summary>What becomes of the requests of a request role, without an actor, a socket or a clock but the test's.</summary>
public sealed class RequestLedgerTests
{
    private static readonly RequestSettings Settings = new()
    {
        Name = "client",
        Socket = new SocketSettings { Connect = ["tcp://one:1", "tcp://two:2"] },
        Identified = true,
        MaxInFlight = 10,
        Timeout = TimeSpan.FromSeconds(2),
        Retry = new RetrySettings(2) { Interval = Ms(100), IntervalMax = Ms(150), TryTimeout = Ms(300) },
        Outbound = new OutboundSettings(2, OverflowRule.Fail),
    };

    private static TimeSpan Ms(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    [Fact]
    public void Requests_go_to_the_connected_servers_in_turn()
    {
        var run = new Run(Settings);
        run.Connect(0);
        run.Connect(1);
        for (var i = 0; i < 4; i++) run.Ask($"{i}");

        Assert.Equal([(0, "0"), (1, "1"), (0, "2"), (1, "3")], run.Sent.Select(sent => (sent.Server, sent.Request.Message.Text())));
    }

    [Fact]
    public void A_request_waits_for_a_server_and_ends_with_its_time()
    {
        var run = new Run(Settings);
        run.Ask("?");
        Assert.Equal(Ms(2000), run.Ledger.NextDue);
        run.Pass(Ms(1999));
        Assert.Empty(run.Ended);
        run.Pass(Ms(1));

        Assert.IsType<RequestTimeoutException>(Assert.Single(run.Ended).End.Failure);
        Assert.Empty(run.Sent);
        Assert.Null(run.Ledger.NextDue);
    }

    [Fact]
    public void No_more_requests_are_unanswered_at_once_than_the_settings_allow()
    {
        var run = new Run(Settings with { MaxInFlight = 1 });
        run.Connect(0);
        run.Ask("first");
        run.Ask("second");
        Assert.Single(run.Sent);
        run.Answer(run.Sent[0]);

        Assert.Equal("second", run.Sent[1].Request.Message.Text());
    }

    [Fact]
    public void A_try_without_a_reply_is_followed_by_one_at_another_server_after_a_wait_that_grows()
    {
        var run = new Run(Settings);
        run.Connect(0);
        run.Connect(1);
        run.Ask("?");
        var times = new List<TimeSpan>();
        while (run.Ended.Count == 0)
        {
            while (times.Count < run.Sent.Count) times.Add(run.Now);
            run.Pass(run.Ledger.NextDue!.Value - run.Now);
        }

        // Each try but the last has 300 ms; the waits between are 100 and 150 ms.
        Assert.Equal([Ms(0), Ms(400), Ms(850)], times);
        Assert.Equal([0, 1, 0], run.Sent.Select(sent => sent.Server));
        Assert.Equal(Ms(2000), run.Now);
        Assert.IsType<RequestTimeoutException>(run.Ended[0].End.Failure);
    }

    [Fact]
    public void The_requests_of_a_server_that_disconnects_are_tried_elsewhere()
    {
        var run = new Run(Settings);
        run.Connect(0);
        run.Ask("?");
        run.Connect(1);
        run.Disconnect(0);
        Assert.Equal([0], run.Reopened);
        run.Pass(Ms(100));

        Assert.Equal([0, 1], run.Sent.Select(sent => sent.Server));
        run.Answer(run.Sent[1]);
        Assert.Equal("re: ?", Assert.Single(run.Ended).End.Reply!.Text());
    }

    [Fact]
    public void A_last_try_waits_for_its_server_to_come_back()
    {
        var run = new Run(Settings with { Retry = RetrySettings.None });
        run.Connect(0);
        run.Ask("?");
        run.Disconnect(0);
        run.Connect(0);
        run.Answer(run.Sent[0]);

        Assert.Single(run.Sent);
        Assert.Empty(run.Reopened);
        Assert.NotNull(Assert.Single(run.Ended).End.Reply);
    }

    [Fact]
    public void A_reply_to_an_earlier_try_ends_the_request_and_the_next_one_is_late()
    {
        var run = new Run(Settings);
        run.Connect(0);
        run.Connect(1);
        run.Ask("?");
        run.Pass(Ms(300));
        run.Pass(Ms(100));
        run.Answer(run.Sent[0]);
        Assert.Single(run.Ended);
        run.Answer(run.Sent[1]);

        Assert.Single(run.Ended);
        Assert.Equal([DropReason.LateReply], run.Dropped);
        run.Pass(Ms(5000));
        Assert.Single(run.Ended);
    }

    [Fact]
    public void Without_a_number_the_socket_of_a_try_that_ended_is_opened_anew()
    {
        var run = new Run(Settings with { Identified = false, MaxInFlight = 1 });
        run.Connect(0);
        run.Ask("?");
        run.Pass(Ms(300));

        Assert.Equal([0], run.Reopened);
    }

    [Theory]
    [InlineData(OverflowRule.Fail, "third", DropReason.Refused)]
    [InlineData(OverflowRule.Backpressure, "third", DropReason.Refused)]
    [InlineData(OverflowRule.DropNewest, "third", DropReason.QueueFullNewest)]
    [InlineData(OverflowRule.DropOldest, "first", DropReason.QueueFullOldest)]
    public void A_full_queue_ends_one_request_by_its_rule(OverflowRule rule, string ended, DropReason reason)
    {
        var run = new Run(Settings with { Outbound = new OutboundSettings(2, rule) });
        foreach (var request in new[] { "first", "second", "third" }) run.Ask(request);

        var end = Assert.Single(run.Ended);
        Assert.Equal(ended, end.Request.Message.Text());
        Assert.IsType<OutboundOverflowException>(end.End.Failure);
        Assert.Equal([reason], run.Dropped);
    }

    [Fact]
    public void A_server_that_failed_is_followed_by_another_and_a_full_queue_is_not()
    {
        var run = new Run(Settings);
        run.Connect(0);
        run.Ask("failed");
        run.Refuse(run.Sent[0], RefusalCode.Failed);
        Assert.Empty(run.Ended);
        run.Pass(Ms(100));
        run.Refuse(run.Sent[1], RefusalCode.Overload);

        Assert.IsType<RequestOverloadException>(Assert.Single(run.Ended).End.Failure);
    }

    [Fact]
    public void A_role_that_stops_ends_what_waits_and_what_is_with_a_server()
    {
        var run = new Run(Settings with { MaxInFlight = 1 });
        run.Connect(0);
        run.Ask("sent");
        run.Ask("waiting");
        run.Ledger.Stop();

        Assert.Equal(["sent", "waiting"], run.Ended.Select(end => end.Request.Message.Text()));
        Assert.All(run.Ended, end => Assert.IsType<RequestAbortedException>(end.End.Failure));
        Assert.Equal(0, run.Ledger.Open);
    }

    /// <summary>A ledger, its servers, and what it decided.</summary>
    private sealed class Run : IRequestOutlets
    {
        // Its elapsed time begins at zero.
        private readonly FakeTimeProvider _time = new(DateTimeOffset.MinValue);
        private readonly List<Server> _servers;

        public Run(RequestSettings settings)
        {
            _servers = [.. Server.Sockets(settings.RequestSocket).Select(spec => new Server(new SocketLink(spec, null, 0, null) { Endpoints = spec.Connect }))];
            Ledger = new RequestLedger(settings, _servers, _time, this);
        }

        public RequestLedger Ledger { get; }

        public TimeSpan Now => _time.Elapsed();

        public List<(int Server, PendingRequest Request)> Sent { get; } = [];

        public List<(PendingRequest Request, RequestEnd End)> Ended { get; } = [];

        public List<int> Reopened { get; } = [];

        public List<DropReason> Dropped { get; } = [];

        public void Ask(string text) => Ledger.Accept(Message.FromText(text), ActorRefs.Nobody);

        public void Connect(int server) => SetPeers(server, 1);

        public void Disconnect(int server) => SetPeers(server, 0);

        public void Answer((int Server, PendingRequest Request) sent)
        {
            var wire = Ledger.Wrap(sent.Request);
            Ledger.Take(_servers[sent.Server], [new Message(wire[0], wire[1], Message.FromText($"re: {wire.Text(2)}")[0])]);
        }

        public void Refuse((int Server, PendingRequest Request) sent, RefusalCode code)
        {
            var id = Ledger.Wrap(sent.Request)[0].ToArray();
            id[2] = (byte)'X';
            Ledger.Take(_servers[sent.Server], [new Message(id, ReadOnlyMemory<byte>.Empty, new[] { (byte)code }, "refused"u8.ToArray())]);
        }

        public void Pass(TimeSpan time)
        {
            _time.Advance(time);
            Ledger.Expire();
        }

        private void SetPeers(int server, int peers)
        {
            _servers[server].Link.Reset();
            for (var i = 0; i < peers; i++) _servers[server].Link.Connected(_servers[server].Endpoint);
            Ledger.ServerChanged(_servers[server]);
        }

        void IRequestOutlets.Send(Server server, PendingRequest request) => Sent.Add((_servers.IndexOf(server), request));

        void IRequestOutlets.Reopen(Server server) => Reopened.Add(_servers.IndexOf(server));

        void IRequestOutlets.End(PendingRequest request, RequestEnd answer) => Ended.Add((request, answer));

        void IRequestOutlets.Retry(PendingRequest request, Server server, string why, TimeSpan wait) => Assert.Equal(_servers.IndexOf(server), Sent[^1].Server);

        void IRequestOutlets.Drop(Server server, DropReason reason) => Dropped.Add(reason);
    }
}

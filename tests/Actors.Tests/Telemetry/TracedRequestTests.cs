using System.Diagnostics;
using Actors.Transport;
using Actors.Zmtp;
using Akka.Actor;
using Xunit.Abstractions;

namespace Actors.Tests.Telemetry;

/// <summary>Traces over real sockets: from role to role, through a queue, past peers that know nothing of them.</summary>
[Collection(Traced.Collection)]
public sealed class TracedRequestTests : RoleTestKit
{
    private readonly Traced _traced = new();

    public TracedRequestTests(ITestOutputHelper log)
        : base(log)
    {
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _traced.Dispose();
    }

    private static Props Answering(string reply) => Handler((_, sender, self) => sender.Tell(Message.FromText(reply), self));

    private IActorRef Client(string endpoint, string name = "client", RetrySettings? retry = null, TimeSpan? timeout = null) => Start(RequestRole.Props(new RequestSettings
    {
        Name = _traced.Name(name),
        Socket = new SocketSettings { Connect = [endpoint] },
        Identified = true,
        MaxInFlight = 16,
        Timeout = timeout ?? Patience,
        Retry = retry ?? RetrySettings.None,
    })).Role;

    private string Server(Props handler, string name = "server") =>
        Start(ReplyRole.Props(new ReplySettings { Name = _traced.Name(name), Socket = new SocketSettings { Bind = [AnyPort] } }, handler)).Endpoint;

    private (string Clients, IReadOnlyList<string> Servers) Queue(params string[] plainServers)
    {
        var queue = Sys.ActorOf(QueueRole.Props(new QueueSettings
        {
            Name = _traced.Name("queue"),
            Clients = new SocketSettings { Bind = [AnyPort] },
            Servers = plainServers.Length == 0 ? new SocketSettings { Bind = [AnyPort] } : null,
            PlainServers = plainServers.Length > 0 ? new SocketSettings { Connect = plainServers } : null,
        }));
        queue.Tell(WhenReady.Instance, TestActor);
        var endpoints = ExpectMsg<RoleReady>(Patience).Endpoints;
        return (endpoints[0], endpoints);
    }

    private void JoinQueue(string queue, Props handler, string name = "server") =>
        Start(ReplyRole.Props(new ReplySettings { Name = _traced.Name(name), Socket = new SocketSettings(), Queue = new JoinQueueSettings(queue) }, handler));

    /// <summary>Asks in a span of the test's own.</summary>
    private async Task<(Activity Caller, string Reply)> Ask(IActorRef client, string text = "?")
    {
        using var caller = _traced.Caller();
        return (caller, (await client.Ask<Message>(Message.FromText(text), Patience)).Text());
    }

    private void AssertIsChild(Activity child, Activity parent) =>
        Assert.Equal((parent.TraceId, parent.SpanId), (child.TraceId, child.ParentSpanId));

    [Fact]
    public async Task Caller_client_and_server_are_one_trace()
    {
        var client = Client(Server(Answering("!")));
        var (caller, reply) = await Ask(client);

        Assert.Equal("!", reply);
        AssertIsChild(_traced.Single(_traced.Name("client")), caller);
        AssertIsChild(_traced.Single(_traced.Name("server")), _traced.Single(_traced.Name("client")));
    }

    [Fact]
    public async Task What_a_handler_asks_with_its_request_belongs_to_the_same_trace()
    {
        var next = Client(Server(Answering("from behind"), "second"), "middle");
        var client = Client(Server(Handler((message, sender, _) => next.Tell(message.Prepend("asked"u8.ToArray()), sender)), "first"));
        var (caller, reply) = await Ask(client);

        Assert.Equal("from behind", reply);
        var chain = new[] { "client", "first", "middle", "second" }.Select(role => _traced.Single(_traced.Name(role))).ToList();
        AssertIsChild(chain[0], caller);
        for (var n = 1; n < chain.Count; n++) AssertIsChild(chain[n], chain[n - 1]);
    }

    [Fact]
    public async Task A_queue_passes_the_trace_on()
    {
        var (clients, servers) = Queue();
        JoinQueue(servers[^1], Answering("!"));
        var (_, reply) = await Ask(Client(clients));

        Assert.Equal("!", reply);
        AssertIsChild(_traced.Single(_traced.Name("server")), _traced.Single(_traced.Name("client")));
        Assert.Equal(2, _traced.Ended.Count);
    }

    [Fact]
    public async Task A_server_behind_a_queue_that_fails_ends_both_spans_with_an_error()
    {
        var (clients, servers) = Queue();
        JoinQueue(servers[^1], Handler((_, _, _) => throw new InvalidOperationException("no room")));
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => Ask(Client(clients)));

        var (client, server) = (_traced.Single(_traced.Name("client")), _traced.Single(_traced.Name("server")));
        AssertIsChild(server, client);
        Assert.Equal((ActivityStatusCode.Error, failure.Message), (client.Status, client.StatusDescription));
        Assert.Equal((ActivityStatusCode.Error, "no room"), (server.Status, server.StatusDescription));
    }

    [Fact]
    public async Task Each_try_that_reaches_a_server_is_a_child_of_the_one_request()
    {
        var asked = 0;
        var endpoint = Server(Handler((_, sender, self) =>
        {
            if (Interlocked.Increment(ref asked) == 1) throw new InvalidOperationException("not yet");
            sender.Tell(Message.FromText("!"), self);
        }));
        var (_, reply) = await Ask(Client(endpoint, retry: new RetrySettings(1) { Interval = TimeSpan.FromMilliseconds(1), TryTimeout = Patience }));

        Assert.Equal("!", reply);
        var client = _traced.Single(_traced.Name("client"));
        Assert.Equal("retry", Assert.Single(client.Events).Name);
        var tries = _traced.Ended.Where(span => span.Kind == ActivityKind.Server).ToList();
        Assert.Equal([ActivityStatusCode.Error, ActivityStatusCode.Unset], tries.Select(span => span.Status));
        Assert.All(tries, server => AssertIsChild(server, client));
    }

    [Fact]
    public async Task A_request_that_nobody_answers_ends_its_span_as_timed_out()
    {
        using var silent = new RouterSocket();
        var port = silent.BindRandomPort("tcp://127.0.0.1");
        await Assert.ThrowsAsync<RequestTimeoutException>(() => Ask(Client($"tcp://127.0.0.1:{port}", timeout: TimeSpan.FromMilliseconds(200))));

        Assert.Equal(typeof(RequestTimeoutException).FullName, _traced.Single(_traced.Name("client")).GetTagItem("error.type"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_plain_REP_answers_a_request_with_a_trace(bool throughQueue)
    {
        using var rep = new ResponseSocket();
        var endpoint = $"tcp://127.0.0.1:{rep.BindRandomPort("tcp://127.0.0.1")}";
        var asked = Ask(Client(throughQueue ? Queue(endpoint).Clients : endpoint));
        var request = new ZmqMessage();
        Assert.True(rep.TryReceiveMultipartMessage(Patience, ref request), "the request did not come");
        rep.SendMultipartMessage(request!);

        Assert.Equal("?", (await asked).Reply);
        Assert.Equal(1, request!.FrameCount);
        AssertIsChild(_traced.Single(_traced.Name("client")), (await asked).Caller);
    }
}

using Actors;
using Actors.Streams;
using Actors.Transport;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;
using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Interop.Tests.Streams;

/// <summary>Sources, sinks and flows with pyzmq at the other end, which binds or connects.</summary>
public sealed class StreamTests : Akka.TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan Patience = PeerProcess.Patience;

    private readonly ITestOutputHelper _log;
    private readonly ActorMaterializer _materializer;

    public StreamTests(ITestOutputHelper log)
        : base(EngineUnderTest.Config, output: log)
    {
        _log = log;
        _materializer = Sys.Materializer();
    }

    private static SocketSettings Bound => new() { Bind = ["tcp://127.0.0.1:0"], Linger = TimeSpan.FromMilliseconds(500) };

    private static SocketSettings ConnectedTo(string endpoint) => new() { Connect = [endpoint], Linger = TimeSpan.FromMilliseconds(500) };

    private static async Task<string> EndpointOf(StreamRole role) => (await role.Ready.WaitAsync(Patience)).Endpoints[0];

    private static IEnumerable<Message> Numbered(string text, int count) => Enumerable.Range(0, count).Select(number => Message.FromText($"{text} {number}"));

    [SkippableFact]
    public async Task A_pull_source_gets_all_that_their_push_sends()
    {
        var (push, endpoint) = await PythonPeer.Bind(_log, "push", "m", "20000");
        await using var theirs = push;

        var received = ZmqSource.Pull(new PullSettings { Name = "pull", Socket = ConnectedTo(endpoint) }).Take(20_000).RunWith(Sink.Seq<Message>(), _materializer);

        Assert.Equal(Numbered("m", 20_000), await received.WaitAsync(Patience));
    }

    [SkippableFact]
    public async Task A_pull_source_that_is_slow_holds_their_push()
    {
        var (pull, probe) = ZmqSource.Pull(new PullSettings { Name = "pull", Socket = Bound with { ReceiveHighWaterMark = 10 }, InboundWindow = 10 })
            .ToMaterialized(Akka.Streams.TestKit.TestSink.SinkProbe<Message>(this), Keep.Both).Run(_materializer);
        // As much as the buffers of both ends hold comes only with demand.
        await using var push = PythonPeer.Connect(_log, "push", await EndpointOf(pull), new string('x', 60_000), "2000");
        probe.Request(1);
        probe.ExpectNext(Patience);

        Assert.InRange((await (await pull.Actor).Ask<RoleStatus>(GetRoleStatus.Instance, Patience)).Received, 1, 20);
        Assert.DoesNotContain("sent 2000", push.Seen);
        probe.Request(1_999);
        for (var i = 1; i < 2_000; i++) probe.ExpectNext(Patience);
        await push.Expect("sent 2000");
    }

    [SkippableFact]
    public async Task Their_pull_gets_all_of_a_push_sink()
    {
        var (pull, endpoint) = await PythonPeer.Bind(_log, "pull", "10000");
        await using var theirs = pull;

        var push = Source.From(Numbered("m", 20_000)).RunWith(ZmqSink.Push(new PushSettings { Name = "push", Socket = ConnectedTo(endpoint) }), _materializer);

        await pull.Expect("pulled 10000");
        await pull.Expect("pulled 20000");
        var end = await push.Completion.WaitAsync(Patience);
        Assert.Equal((20_000, 0), (end.Accepted, end.Undelivered));
    }

    [SkippableFact]
    public async Task Their_pull_that_goes_is_followed_by_another_and_the_stream_goes_on()
    {
        var (source, push) = Akka.Streams.TestKit.TestSource.SourceProbe<Message>(this).ToMaterialized(ZmqSink.Push(new PushSettings { Name = "push", Socket = Bound }), Keep.Both).Run(_materializer);
        var endpoint = await EndpointOf(push);
        await using (var first = PythonPeer.Connect(_log, "pull", endpoint))
        {
            source.SendNext(Message.FromText("one"));
            await first.Expect("response: one");
        }
        var actor = await push.Actor;
        AwaitCondition(() => actor.Ask<RoleStatus>(GetRoleStatus.Instance, Patience).Result.Peers == 0, Patience, TimeSpan.FromMilliseconds(20), "the first has left");

        source.SendNext(Message.FromText("two"));
        await using var second = PythonPeer.Connect(_log, "pull", endpoint);
        await second.Expect("response: two");

        source.SendComplete();
        Assert.Equal(0, (await push.Completion.WaitAsync(Patience)).Undelivered);
    }

    [SkippableFact]
    public async Task A_subscribe_source_hears_their_publisher()
    {
        var (pub, endpoint) = await PythonPeer.Bind(_log, "pub", "news", "sports");
        await using var theirs = pub;

        var received = ZmqSource.Subscribe(new SubscribeSettings { Name = "sub", Socket = ConnectedTo(endpoint), Topics = ["news"] }).Take(3).RunWith(Sink.Seq<Message>(), _materializer);

        Assert.Equal(Enumerable.Repeat(Message.FromText("news"), 3), await received.WaitAsync(Patience));
    }

    [SkippableFact]
    public async Task Their_subscriber_hears_a_publish_sink()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(TopicSubscribed));
        var (source, publish) = Akka.Streams.TestKit.TestSource.SourceProbe<Message>(this).ToMaterialized(ZmqSink.Publish(new PublishSettings { Name = "pub", Socket = Bound }), Keep.Both).Run(_materializer);
        await using var sub = PythonPeer.Connect(_log, "sub", await EndpointOf(publish), "news");
        ExpectMsg<TopicSubscribed>(Patience);

        source.SendNext(Message.FromText("sports", "1"));
        source.SendNext(Message.FromText("news", "2"));

        Assert.Equal("response: news 2", await sub.Expect("response: "));
        source.SendComplete();
        Assert.Equal(2, (await publish.Completion.WaitAsync(Patience)).Accepted);
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(32)]
    public async Task Their_REP_answers_a_request_flow_in_order(int parallelism)
    {
        var (rep, endpoint) = await PythonPeer.Bind(_log, "rep_echo");
        await using var theirs = rep;

        var replies = Source.From(Numbered("m", 500)).Via(ZmqFlow.Request(new RequestSettings { Name = "client", Socket = ConnectedTo(endpoint), MaxInFlight = parallelism })).RunWith(Sink.Seq<Message>(), _materializer);

        Assert.Equal(Numbered("m", 500), await replies.WaitAsync(Patience));
    }
}

using Actors;
using Actors.Streams;
using Actors.TestKit;
using Actors.Transport;
using Akka.Streams;
using Akka.Streams.Dsl;
using Akka.Streams.Supervision;
using Akka.Streams.TestKit;
using Xunit.Abstractions;

namespace Streams.Tests.Simulated;

public sealed class RequestFlowTests(ITestOutputHelper log) : SimulatedStreamTests(log)
{
    private static readonly RequestSettings Settings = new() { Name = "client", Socket = ConnectedTo("tcp://localhost:5557"), MaxInFlight = 3 };

    private (TestPublisher.Probe<Message> In, StreamRole Role, TestSubscriber.Probe<T> Out, SimulatedPeer Server) Run<T>(IGraph<FlowShape<Message, T>, StreamRole> flow)
    {
        var ((source, role), sink) = this.SourceProbe<Message>().ViaMaterialized(flow, Keep.Both).ToMaterialized(this.SinkProbe<T>(), Keep.Both).Run(Materializer);
        return (source, role, sink, Network.Socket("client").Connect());
    }

    /// <summary>Answers a request as a REP peer does: with the frames up to the delimiter, and the text.</summary>
    private static void Reply(SimulatedPeer server, Message request, string text)
    {
        var frames = Enumerable.Range(0, request.FrameCount - 1).Select(index => request[index]).ToList();
        server.Send(new Message([.. frames, Text(text)[0]]));
    }

    [Fact]
    public void Replies_go_on_in_the_order_of_the_requests()
    {
        var (source, _, sink, server) = Run(ZmqFlow.Request(Settings));
        sink.Request(3);
        foreach (var message in Numbers(3)) source.SendNext(message);
        Message[] requests = [server.Expect(), server.Expect(), server.Expect()];

        foreach (var request in requests.Reverse()) Reply(server, request, $"re {request.Text(request.FrameCount - 1)}");

        Assert.Equal([Text("re 0"), Text("re 1"), Text("re 2")], Enumerable.Range(0, 3).Select(_ => sink.ExpectNext(Patience)));
    }

    [Fact]
    public void Unordered_answers_go_on_as_they_end_with_their_requests()
    {
        var (source, _, sink, server) = Run(ZmqFlow.RequestUnordered(Settings));
        sink.Request(3);
        foreach (var message in Numbers(3)) source.SendNext(message);
        Message[] requests = [server.Expect(), server.Expect(), server.Expect()];

        foreach (var request in requests.Reverse()) Reply(server, request, $"re {request.Text(request.FrameCount - 1)}");

        Assert.Equal(
            [new Answer(Text("2"), Text("re 2"), null), new Answer(Text("1"), Text("re 1"), null), new Answer(Text("0"), Text("re 0"), null)],
            Enumerable.Range(0, 3).Select(_ => sink.ExpectNext(Patience)));
    }

    [Fact]
    public void No_more_requests_are_under_way_than_the_settings_say()
    {
        var asked = 0;
        var sink = Source.From(Numbers(100)).Select(message =>
        {
            Interlocked.Increment(ref asked);
            return message;
        }).Via(ZmqFlow.Request(Settings)).RunWith(this.SinkProbe<Message>(), Materializer);
        var server = Network.Socket("client").Connect();
        sink.Request(100);
        for (var i = 0; i < 3; i++) server.Expect();

        Assert.Equal((3, 3), (server.Received.Count, Volatile.Read(ref asked)));
        Reply(server, server.Received[0], "re 0");
        server.Expect();
        Assert.Equal((4, 4), (server.Received.Count, Volatile.Read(ref asked)));
    }

    [Fact]
    public void An_answer_that_downstream_has_not_taken_holds_its_place()
    {
        var asked = 0;
        var (role, sink) = Source.From(Numbers(100)).Select(message =>
        {
            Interlocked.Increment(ref asked);
            return message;
        }).ViaMaterialized(ZmqFlow.Request(Settings with { MaxInFlight = 2 }), Keep.Right).ToMaterialized(this.SinkProbe<Message>(), Keep.Both).Run(Materializer);
        var server = Network.Socket("client").Connect();
        sink.Request(1);
        for (var i = 0; i < 3; i++) Reply(server, server.Expect(), $"re {i}");
        Assert.Equal(Text("re 0"), sink.ExpectNext(Patience));

        // Two answers wait for downstream, so the flow asks nothing, though no request is under way.
        Await(() => StatusOf(role).GetAwaiter().GetResult().Waiting == 0, "all requests are answered");
        Assert.Equal(3, Volatile.Read(ref asked));
        sink.Request(1);
        Assert.Equal(Text("re 1"), sink.ExpectNext(Patience));
        server.Expect();
        Assert.Equal(4, Volatile.Read(ref asked));
    }

    [Fact]
    public void The_flow_completes_behind_the_last_answer()
    {
        var (source, _, sink, server) = Run(ZmqFlow.Request(Settings));
        sink.Request(5);
        source.SendNext(Text("1"));
        source.SendComplete();
        var request = server.Expect();

        Reply(server, request, "re");

        sink.ExpectNext(Text("re")).ExpectComplete();
        Await(() => Network.Sockets.Count == 0, "the socket is closed");
    }

    [Fact]
    public void An_empty_stream_completes_at_once()
    {
        var (source, _, sink, _) = Run(ZmqFlow.Request(Settings));
        sink.EnsureSubscription();

        source.SendComplete();

        sink.ExpectComplete();
    }

    [Fact]
    public void A_request_without_a_reply_fails_the_stream()
    {
        var (source, _, sink, server) = Run(ZmqFlow.Request(Settings with { Timeout = TimeSpan.FromMilliseconds(50) }));
        sink.Request(1);
        source.SendNext(Text("1"));
        server.Expect();

        Assert.IsType<RequestTimeoutException>(sink.ExpectError());
        source.ExpectCancellation();
    }

    [Fact]
    public void A_request_without_a_reply_is_left_out_where_the_strategy_resumes()
    {
        var flow = ZmqFlow.Request(Settings with { Timeout = TimeSpan.FromMilliseconds(200), MaxInFlight = 1 }).WithAttributes(ActorAttributes.CreateSupervisionStrategy(Deciders.ResumingDecider));
        var (source, _, sink, server) = Run(flow);
        sink.Request(2);
        source.SendNext(Text("1"));
        server.Expect();
        source.SendNext(Text("2"));
        // The socket is opened anew, because nothing would tell a late reply from the next.
        Await(() => Network.Socket("client").Peers.Count == 0, "the request has timed out");
        server = Network.Socket("client").Connect();

        Reply(server, server.Expect(), "re 2");

        sink.ExpectNext(Text("re 2"));
    }

    [Fact]
    public void A_request_without_a_reply_is_an_unordered_answer()
    {
        var (source, _, sink, server) = Run(ZmqFlow.RequestUnordered(Settings with { Timeout = TimeSpan.FromMilliseconds(50) }));
        sink.Request(1);
        source.SendNext(Text("1"));
        server.Expect();

        var answer = sink.ExpectNext(Patience);
        Assert.Equal((Text("1"), null), (answer.Request, answer.Reply));
        Assert.IsType<RequestTimeoutException>(answer.Failure);
    }

    [Fact]
    public async Task Requests_wait_while_no_server_is_there()
    {
        var ((source, role), sink) = this.SourceProbe<Message>().ViaMaterialized(ZmqFlow.Request(Settings with { Outbound = new OutboundSettings(2, OverflowRule.Fail) }), Keep.Both).ToMaterialized(this.SinkProbe<Message>(), Keep.Both).Run(Materializer);
        sink.Request(3);
        foreach (var message in Numbers(3)) source.SendNext(message);

        // No more than the role has places for, and none is refused.
        await StatusWhen(role, status => status.Waiting == 2, "2 requests wait");
        var server = Network.Socket("client").Connect();
        Reply(server, server.Expect(), "re 0");

        sink.ExpectNext(Text("re 0"));
    }

    [Fact]
    public void A_downstream_that_cancels_stops_the_role()
    {
        var (source, _, sink, server) = Run(ZmqFlow.Request(Settings));
        sink.Request(1);
        source.SendNext(Text("1"));
        server.Expect();

        sink.Cancel();

        source.ExpectCancellation();
        Await(() => Network.Sockets.Count == 0, "the socket is closed");
    }
}

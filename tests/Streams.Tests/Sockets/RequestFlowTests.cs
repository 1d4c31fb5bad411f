using Actors;
using Actors.Streams;
using Actors.Transport;
using Akka.Actor;
using Akka.Streams.Dsl;
using Xunit.Abstractions;

namespace Streams.Tests.Sockets;

public sealed class RequestFlowTests(ITestOutputHelper log) : StreamTestKit(log)
{
    private sealed class Echo : ReceiveActor
    {
        public Echo() => Receive<Message>(message => Sender.Tell(Text($"re {message.Text()}")));
    }

    private async Task<string> StartServer()
    {
        var server = Sys.ActorOf(ReplyRole.Props(new ReplySettings { Name = "server", Socket = Bound }, Props.Create<Echo>()));
        return (await server.Ask<RoleReady>(WhenReady.Instance, Patience)).Endpoints[0];
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    public async Task Every_request_of_a_stream_is_answered_in_its_place(int parallelism)
    {
        var settings = new RequestSettings { Name = "client", Socket = ConnectedTo(await StartServer()), MaxInFlight = parallelism };

        var replies = Source.From(Numbers(2_000)).Via(ZmqFlow.Request(settings)).RunWith(Sink.Seq<Message>(), Materializer);

        Assert.Equal(Enumerable.Range(0, 2_000).Select(number => Text($"re {number}")), await Within(replies, "2,000 replies have not come"));
    }

    [Fact]
    public async Task Every_unordered_request_has_its_answer()
    {
        var settings = new RequestSettings { Name = "client", Socket = ConnectedTo(await StartServer()), MaxInFlight = 64 };

        var answers = await Within(Source.From(Numbers(2_000)).Via(ZmqFlow.RequestUnordered(settings)).RunWith(Sink.Seq<Answer>(), Materializer), "2,000 answers have not come");

        Assert.All(answers, answer => Assert.Equal($"re {answer.Request.Text()}", answer.Reply?.Text()));
        Assert.Equal(2_000, answers.Select(answer => answer.Request).Distinct().Count());
    }

    [Fact]
    public async Task A_server_that_goes_and_comes_is_asked_again()
    {
        var first = Sys.ActorOf(ReplyRole.Props(new ReplySettings { Name = "one", Socket = Bound }, Props.Create<Echo>()));
        var endpoint = (await first.Ask<RoleReady>(WhenReady.Instance, Patience)).Endpoints[0];
        var settings = new RequestSettings { Name = "client", Socket = ConnectedTo(endpoint), MaxInFlight = 4, Identified = true, Retry = new RetrySettings(100) { TryTimeout = TimeSpan.FromSeconds(1), Interval = TimeSpan.FromMilliseconds(10), IntervalMax = TimeSpan.FromMilliseconds(50) } };
        var (source, sink) = Akka.Streams.TestKit.TestSource.SourceProbe<Message>(this).Via(ZmqFlow.Request(settings)).ToMaterialized(Akka.Streams.TestKit.TestSink.SinkProbe<Message>(this), Keep.Both).Run(Materializer);
        sink.Request(2);
        source.SendNext(Text("1"));
        Assert.Equal(Text("re 1"), sink.ExpectNext(Patience));
        Watch(first);
        Sys.Stop(first);
        ExpectTerminated(first, Patience);

        source.SendNext(Text("2"));
        Sys.ActorOf(ReplyRole.Props(new ReplySettings { Name = "two", Socket = Bound with { Bind = [endpoint] } }, Props.Create<Echo>()));

        Assert.Equal(Text("re 2"), sink.ExpectNext(Patience));
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using Actors;
using Actors.Transport;
using Akka.Actor;

namespace Host.Tests.Telemetry;

/// <summary>The handler of docs/telemetry.md that goes on with the trace of its request.</summary>
public sealed class TraceSample
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_handlers_own_span_is_a_child_of_its_requests()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Actors" or "Sample",
            // Other tests of this process may have roles at this moment, which are to send what they always send.
            Sample = (ref ActivityCreationOptions<ActivityContext> options) => options.Source.Name == "Sample" || options.Name.Contains("sampled-", StringComparison.Ordinal) ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var system = ActorSystem.Create("app", "akka.loglevel = WARNING");
        var server = system.ActorOf(ReplyRole.Props(new ReplySettings { Name = "sampled-server", Socket = new SocketSettings { Bind = ["tcp://127.0.0.1:0"] } }, Props.Create<Finder>()));
        var endpoint = (await server.Ask<RoleReady>(WhenReady.Instance, s_patience)).Endpoints[0];
        var client = system.ActorOf(RequestRole.Props(new RequestSettings { Name = "sampled-client", Socket = new SocketSettings { Connect = [endpoint] }, Identified = true }));

        Assert.Equal("found it", (await client.Ask<Message>(Message.FromText("it"), s_patience)).Text());
        Activity Of(string name) => Assert.Single(spans, span => span.OperationName == name);
        Assert.Equal(Of("reply sampled-server").SpanId, Of("look up").ParentSpanId);
        Assert.Equal(Of("request sampled-client").SpanId, Of("reply sampled-server").ParentSpanId);
        await system.Terminate().WaitAsync(s_patience);
    }

    private sealed class Finder : ReceiveActor
    {
        private static readonly ActivitySource s_source = new("Sample");

        public Finder()
        {
            #region handler
            Receive<Message>(message =>
            {
                using var lookup = s_source.StartActivity("look up", ActivityKind.Internal, message.Trace);
                Sender.Tell(Message.FromText(Find(message.Text())), Self);
            });
            #endregion
        }

        private static string Find(string what) => $"found {what}";
    }
}

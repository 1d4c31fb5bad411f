using System.Diagnostics;
using Actors.TestKit;
using Actors.Transport;
using Akka.Actor;

namespace Actors.Tests.Telemetry;

/// <summary>Spans of a request role, and what it sends along, on simulated sockets.</summary>
[Collection(Traced.Collection)]
public sealed class ClientSpanTests : SimulatedRoleTests
{
    private (IActorRef Role, SimulatedPeer Server) Start(string name, Func<RequestSettings, RequestSettings>? change = null)
    {
        var settings = new RequestSettings { Name = name, Socket = new SocketSettings { Connect = ["tcp://here:1"] }, Identified = true, Timeout = TimeSpan.FromSeconds(2) };
        var role = Sys.ActorOf(RequestRole.Props(change?.Invoke(settings) ?? settings));
        return (role, Network.Socket(name).Connect());
    }

    /// <summary>The frames in front of the delimiter.</summary>
    private static IReadOnlyList<byte[]> Envelope(Message request) =>
        [.. Enumerable.Range(0, request.FrameCount).Select(n => request[n]).TakeWhile(frame => frame.Length > 0).Select(frame => frame.ToArray())];

    private static ReadOnlyMemory<byte>[] Frames(Message message) => [.. Enumerable.Range(0, message.FrameCount).Select(n => message[n])];

    [Fact]
    public void A_requests_span_is_a_child_of_the_span_that_was_current_where_its_message_was_made()
    {
        using var traced = new Traced();
        var (role, server) = Start(traced.Name("client"));
        Message question;
        ActivityContext caller;
        using (var span = traced.Caller())
        {
            caller = span.Context;
            question = Text("?");
        }
        // What is current where the role is told has nothing to do with it: that may be any actor.
        using (traced.Caller("another")) role.Tell(question, TestActor);
        server.Send(server.Expect());
        Assert.Equal("?", ExpectMsg<Message>().Text());

        var ended = traced.Single(traced.Name("client"));
        Assert.Equal((caller.TraceId, caller.SpanId), (ended.TraceId, ended.ParentSpanId));
        Assert.Equal((ActivityKind.Client, $"request {traced.Name("client")}", ActivityStatusCode.Unset), (ended.Kind, ended.OperationName, ended.Status));
        Assert.Equal(("zeromq", "request", "tcp://here:1", 1), (ended.GetTagItem("messaging.system"), ended.GetTagItem("pattern"), ended.GetTagItem("endpoint"), ended.GetTagItem("tries")));
        Assert.Null(Activity.Current);
    }

    [Fact]
    public void A_request_without_a_caller_begins_a_trace()
    {
        using var traced = new Traced();
        var (role, server) = Start(traced.Name("client"));
        var question = Text("?");
        using var another = traced.Caller("another");
        role.Tell(question, TestActor);
        server.Send(server.Expect());

        var ended = traced.Single(traced.Name("client"));
        Assert.Equal(default, ended.ParentSpanId);
        Assert.NotEqual(another.TraceId, ended.TraceId);
        Assert.Same(another, Activity.Current);
    }

    [Fact]
    public void A_trace_that_is_given_to_a_message_is_its_requests()
    {
        using var traced = new Traced();
        var (role, server) = Start(traced.Name("client"));
        var given = ActivityContext.Parse("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "congo=t61rcWkgMzE");
        role.Tell(Text("?").WithTrace(given), TestActor);
        var request = server.Expect();
        server.Send(request);

        var ended = traced.Single(traced.Name("client"));
        Assert.Equal(given.SpanId, ended.ParentSpanId);
        Assert.Equal($"005443010af7651916cd43dd8448eb211c80319c{ended.SpanId}01{Convert.ToHexString("congo=t61rcWkgMzE"u8)}", Convert.ToHexString(request[0].Span), ignoreCase: true);
    }

    [Fact]
    public void An_identified_request_carries_its_trace_in_front_of_its_id()
    {
        using var traced = new Traced();
        var (role, server) = Start(traced.Name("client"));
        role.Tell(Text("?"), TestActor);
        var request = server.Expect();
        var envelope = Envelope(request);
        server.Send(request);

        var span = traced.Single(traced.Name("client"));
        Assert.Equal(2, envelope.Count);
        Assert.Equal($"00544301{span.TraceId}{span.SpanId}01", Convert.ToHexString(envelope[0]), ignoreCase: true);
        Assert.True(RequestId.TryRead(envelope[1], out var id));
        Assert.Equal(id.ToText(), span.GetTagItem("messaging.message.conversation_id"));
        Assert.Equal("?", ExpectMsg<Message>().Text());
    }

    [Theory]
    [InlineData("whole")]
    [InlineData("without")]
    [InlineData("changed")]
    public void A_reply_is_known_by_its_id_whatever_the_server_returns_of_the_trace(string returned)
    {
        using var traced = new Traced();
        var (role, server) = Start(traced.Name("client"));
        role.Tell(Text("?"), TestActor);
        var frames = Frames(server.Expect());
        server.Send(returned switch
        {
            "without" => new Message(frames[1..]),
            "changed" => new Message([new byte[] { 0, (byte)'T', (byte)'C', 1 }, .. frames[1..]]),
            _ => new Message(frames),
        });

        Assert.Equal("?", ExpectMsg<Message>().Text());
        Assert.Equal(ActivityStatusCode.Unset, traced.Single(traced.Name("client")).Status);
    }

    [Fact]
    public void What_is_no_reply_behind_a_trace_is_dropped_and_the_request_goes_on()
    {
        using var traced = new Traced();
        var (role, server) = Start(traced.Name("client"));
        role.Tell(Text("?"), TestActor);
        var frames = Frames(server.Expect());
        var trace = frames[0];
        server.Send(
            new Message(trace),
            new Message(trace, trace),
            new Message([trace, .. frames]),
            new Message(trace, frames[1]),
            new Message(trace, frames[1], ReadOnlyMemory<byte>.Empty),
            new Message(trace, ReadOnlyMemory<byte>.Empty, Id("body")));
        Assert.Empty(traced.Ended);
        Assert.Equal(6, Network.Dropped.Count(dropped => dropped.Reason == DropReason.Malformed));
        server.Send(new Message(frames));

        Assert.Equal("?", ExpectMsg<Message>().Text());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void A_request_without_an_id_has_a_span_and_carries_no_trace(int inFlight)
    {
        using var traced = new Traced();
        var (role, server) = Start(traced.Name("client"), settings => settings with { Identified = false, MaxInFlight = inFlight });
        role.Tell(Text("?"), TestActor);
        var request = server.Expect();
        server.Send(request);

        Assert.Equal(inFlight == 1 ? 0 : 1, Envelope(request).Count);
        Assert.Equal(ActivityKind.Client, traced.Single(traced.Name("client")).Kind);
    }

    [Fact]
    public void Without_a_listener_a_request_carries_no_trace_and_costs_nothing()
    {
        Assert.False(Tracing.IsOn);
        var (role, server) = Start("client");
        using var caller = new Activity("caller").Start();
        var question = Text("?");
        Assert.Equal(default, question.Trace);
        role.Tell(question, TestActor);
        Assert.Equal(28, Assert.Single(Envelope(server.Expect())).Length);

        var settings = new RequestSettings { Name = "client", Socket = new SocketSettings() };
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var n = 0; n < 100; n++) Assert.Null(ClientSpan.Begin(settings, question, null));
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void A_caller_whose_trace_is_not_recorded_here_is_passed_on_as_it_is()
    {
        using var traced = new Traced(isSampled: false);
        var (role, server) = Start(traced.Name("client"));
        role.Tell(Text("?").WithTrace(ActivityContext.Parse("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00", null)), TestActor);
        role.Tell(Text("outside of any trace"), TestActor);

        var envelope = Envelope(server.Expect());
        Assert.Equal("005443010af7651916cd43dd8448eb211c80319cb7ad6b716920333100", Convert.ToHexString(envelope[0]), ignoreCase: true);
        server.Send(new Message([.. envelope.Select(frame => (ReadOnlyMemory<byte>)frame), ReadOnlyMemory<byte>.Empty, Id("reply")]));
        Assert.Single(Envelope(server.Expect()));
        Assert.Empty(traced.Ended);
    }

    [Fact]
    public void A_request_that_outruns_its_time_ends_its_span_with_that_error()
    {
        using var traced = new Traced();
        var (role, _) = Start(traced.Name("client"));
        role.Tell(Text("?"), TestActor);
        Time.Advance(TimeSpan.FromSeconds(2));

        var failure = Assert.IsType<RequestTimeoutException>(ExpectMsg<Status.Failure>().Cause);
        var span = traced.Single(traced.Name("client"));
        Assert.Equal((ActivityStatusCode.Error, failure.Message, typeof(RequestTimeoutException).FullName), (span.Status, span.StatusDescription, span.GetTagItem("error.type")));
    }

    [Fact]
    public void A_further_try_is_an_event_of_the_span_and_carries_the_same_trace()
    {
        using var traced = new Traced();
        var (role, server) = Start(traced.Name("client"), settings => settings with { Retry = new RetrySettings(2) { TryTimeout = TimeSpan.FromMilliseconds(100) } });
        role.Tell(Text("?"), TestActor);
        var first = server.Expect();
        Time.Advance(TimeSpan.FromMilliseconds(250));
        var second = server.Expect();
        server.Send(second);

        Assert.Equal(first, second);
        var span = traced.Single(traced.Name("client"));
        var retry = Assert.Single(span.Events);
        Assert.Equal(("retry", 1, "no reply within 100 ms"), (retry.Name, retry.Tags.Single(tag => tag.Key == "tries").Value, retry.Tags.Single(tag => tag.Key == "cause").Value));
        Assert.Equal((2, ActivityStatusCode.Unset), (span.GetTagItem("tries"), span.Status));
    }

    [Fact]
    public void A_refusal_behind_a_trace_ends_the_span_with_its_reason()
    {
        using var traced = new Traced();
        var (role, server) = Start(traced.Name("client"));
        role.Tell(Text("?"), TestActor);
        var frames = Frames(server.Expect());
        Assert.True(RequestId.TryRead(frames[1].Span, out var id));
        server.Send(new Message(frames[0], id.ToRefusalFrame(), ReadOnlyMemory<byte>.Empty, new byte[] { 1 }, Id("full")));

        Assert.IsType<RequestOverloadException>(ExpectMsg<Status.Failure>().Cause);
        var span = traced.Single(traced.Name("client"));
        Assert.Equal((ActivityStatusCode.Error, typeof(RequestOverloadException).FullName), (span.Status, span.GetTagItem("error.type")));
    }

    [Fact]
    public void Requests_in_flight_when_their_role_stops_end_their_spans()
    {
        using var traced = new Traced();
        var (role, _) = Start(traced.Name("client"), settings => settings with { Outbound = new OutboundSettings(2, OverflowRule.DropNewest) });
        for (var n = 0; n < 4; n++) role.Tell(Text("?"), TestActor);
        // One is with the server, two wait, and one has found no room.
        Assert.Equal(typeof(OutboundOverflowException).FullName, traced.Single(traced.Name("client")).GetTagItem("error.type"));
        Sys.Stop(role);

        Assert.Equal(3, traced.Ended.Count(span => (string?)span.GetTagItem("error.type") == typeof(RequestAbortedException).FullName));
    }
}

using System.Diagnostics;
using Actors.TestKit;
using Actors.Transport;
using Akka.Actor;

namespace Actors.Tests.Telemetry;

/// <summary>Spans of a reply role, and what it does with the trace of a request, on simulated sockets.</summary>
[Collection(Traced.Collection)]
public sealed class ServerSpanTests : SimulatedRoleTests
{
    private static readonly ActivityContext s_client = ActivityContext.Parse("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "congo=t61rcWkgMzE");

    private readonly List<(IActorRef Asker, Message Request)> _told = [];

    private static byte[] IdFrame(ulong number = 1) => new RequestId(new Guid("01020304-0506-0708-090a-0b0c0d0e0f10"), number).ToFrame();

    private static Message Request(byte[] trace, ulong number = 1, string body = "?") => new(trace, IdFrame(number), ReadOnlyMemory<byte>.Empty, Id(body));

    /// <summary>A role whose handler keeps what it is told, or throws.</summary>
    private (IActorRef Role, SimulatedPeer Client) Start(string name, Action<Message>? act = null, Func<ReplySettings, ReplySettings>? change = null)
    {
        var settings = new ReplySettings { Name = name, Socket = Bound, HandlerTimeout = TimeSpan.FromSeconds(3) };
        var role = Sys.ActorOf(ReplyRole.Props(change?.Invoke(settings) ?? settings, Props.Create(() => new Acting(_told, act))));
        return (role, Network.Socket(name).Connect());
    }

    [Fact]
    public void A_handlers_span_is_a_child_of_the_clients()
    {
        using var traced = new Traced();
        var (_, client) = Start(traced.Name("server"));
        var request = Request(TraceFrame.Write(s_client));
        client.Send(request);
        Assert.Empty(traced.Ended);
        var (asker, told) = Assert.Single(_told);
        asker.Tell(Text("!"));

        Assert.Equal(request[0], client.Expect()[0]);
        var span = traced.Single(traced.Name("server"));
        Assert.Equal((s_client.TraceId, s_client.SpanId, s_client.TraceState, true), (span.TraceId, span.ParentSpanId, span.TraceStateString, span.HasRemoteParent));
        Assert.Equal((ActivityKind.Server, $"reply {traced.Name("server")}", ActivityStatusCode.Unset), (span.Kind, span.OperationName, span.Status));
        Assert.Equal(("zeromq", "reply", "0102030405060708090a0b0c0d0e0f10-1"), (span.GetTagItem("messaging.system"), span.GetTagItem("pattern"), span.GetTagItem("messaging.message.conversation_id")));
        // What the handler asks in turn can go on with it.
        Assert.Equal(span.Context, told.Trace);
        Assert.Equal("?", told.Text());
    }

    [Fact]
    public void A_request_without_a_trace_begins_one()
    {
        using var traced = new Traced();
        var (_, client) = Start(traced.Name("server"));
        using var another = traced.Caller("another");
        client.Send(Text("", "?"), new Message(IdFrame(), ReadOnlyMemory<byte>.Empty, Id("?")));
        foreach (var (asker, _) in _told) asker.Tell(Text("!"));

        Assert.Equal(2, traced.Ended.Select(span => span.TraceId).Distinct().Count());
        Assert.All(traced.Ended, span => Assert.Equal(default, span.ParentSpanId));
        Assert.DoesNotContain(another.TraceId, traced.Ended.Select(span => span.TraceId));
    }

    public static TheoryData<string, bool> Hostile => new()
    {
        { "00544301", false },
        { "005443010af7651916cd43dd8448eb211c80319cb7ad6b7169203331", false },
        { "0054430100000000000000000000000000000000b7ad6b716920333101", false },
        { "005443010af7651916cd43dd8448eb211c80319c000000000000000001", false },
        { "005443ff0af7651916cd43dd8448eb211c80319cb7ad6b716920333101", false },
        { "ff", false },
        { "005443010af7651916cd43dd8448eb211c80319cb7ad6b7169203331010a0d1b5b", true },
        { "005443010af7651916cd43dd8448eb211c80319cb7ad6b716920333101" + new string('4', 200_000), true },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_malformed_trace_never_costs_the_request(string trace, bool keepsIds)
    {
        using var traced = new Traced();
        var (_, client) = Start(traced.Name("server"));
        var request = Request(Convert.FromHexString(trace));
        client.Send(request);
        var (asker, told) = Assert.Single(_told);
        Assert.Equal("?", told.Text());
        asker.Tell(Text("!"));

        // The envelope goes back as it came.
        var reply = client.Expect();
        Assert.Equal((request[0], request[1], "!"), (reply[0], reply[1], reply.Text(3)));
        var span = traced.Single(traced.Name("server"));
        Assert.Equal(keepsIds, span.TraceId == s_client.TraceId);
        Assert.Null(span.TraceStateString);
    }

    [Fact]
    public void A_frame_in_front_of_a_number_or_of_nothing_is_no_trace()
    {
        using var traced = new Traced();
        var (_, client) = Start(traced.Name("server"));
        var trace = TraceFrame.Write(s_client);
        client.Send(new Message(trace, new byte[4], ReadOnlyMemory<byte>.Empty, Id("?")), new Message(trace, ReadOnlyMemory<byte>.Empty, Id("?")));
        foreach (var (asker, _) in _told) asker.Tell(Text("!"));

        Assert.Equal(2, traced.Ended.Count);
        Assert.All(traced.Ended, span => Assert.Equal(default, span.ParentSpanId));
    }

    [Fact]
    public void A_handler_that_fails_ends_its_span_with_that_error()
    {
        using var traced = new Traced();
        var (_, client) = Start(traced.Name("server"), _ => throw new InvalidOperationException("no room"));
        client.Send(Request(TraceFrame.Write(s_client)));

        // The trace stands in front of the id in the refusal too.
        var refusal = client.Expect();
        Assert.Equal(TraceFrame.Write(s_client), refusal[0].ToArray());
        Assert.True(RequestId.TryReadRefusal(refusal[1].Span, out _));
        var span = traced.Single(traced.Name("server"));
        Assert.Equal((ActivityStatusCode.Error, "no room", "System.InvalidOperationException"), (span.Status, span.StatusDescription, span.GetTagItem("error.type")));
        Assert.Equal("exception", Assert.Single(span.Events).Name);
    }

    [Fact]
    public void A_handler_that_does_not_answer_in_time_ends_its_span_with_that_error()
    {
        using var traced = new Traced();
        Start(traced.Name("server")).Client.Send(Request(TraceFrame.Write(s_client)));
        Time.Advance(TimeSpan.FromSeconds(3));
        Assert.Single(_told).Asker.Tell(Text("too late"));

        var span = traced.Single(traced.Name("server"));
        Assert.Equal((ActivityStatusCode.Error, "handler_timeout"), (span.Status, span.GetTagItem("error.type")));
    }

    [Fact]
    public void A_repeat_that_is_answered_from_memory_has_no_span_and_what_is_kept_belongs_to_none()
    {
        using var traced = new Traced();
        var (_, client) = Start(traced.Name("server"), change: settings => settings with { Once = new OnceSettings() });
        for (var n = 0; n < 2; n++)
        {
            client.Send(Request(TraceFrame.Write(s_client)));
            if (n == 0) Assert.Single(_told).Asker.Tell(_told[0].Request);
            Assert.Equal("?", client.Expect().Text(3));
        }

        Assert.Single(_told);
        traced.Single(traced.Name("server"));
    }

    [Fact]
    public void A_trace_that_is_not_recorded_here_goes_on_to_what_the_handler_asks()
    {
        using var traced = new Traced(isSampled: false);
        var (_, client) = Start(traced.Name("server"));
        client.Send(Request(TraceFrame.Write(s_client)));

        Assert.Equal((s_client.TraceId, s_client.SpanId), (Assert.Single(_told).Request.Trace.TraceId, _told[0].Request.Trace.SpanId));
        Assert.Empty(traced.Ended);
    }

    [Fact]
    public void Without_a_listener_a_trace_is_returned_and_not_read()
    {
        Assert.False(Tracing.IsOn);
        var (_, client) = Start("server");
        var request = Request(TraceFrame.Write(s_client));
        client.Send(request);
        var (asker, told) = Assert.Single(_told);
        Assert.Equal(default, told.Trace);
        asker.Tell(Text("!"));

        Assert.Equal(request[0], client.Expect()[0]);
    }

    private sealed class Acting : ReceiveActor
    {
        public Acting(List<(IActorRef, Message)> told, Action<Message>? act) => Receive<Message>(message =>
        {
            act?.Invoke(message);
            told.Add((Sender, message));
        });
    }
}

using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Interop.Tests.Tool;

/// <summary>The verbs of <c>actors</c> that send and receive, against real libzmq, in both directions and bound at either end.</summary>
public sealed class MessagingTests(ITestOutputHelper log)
{
    private static async Task<string> EndsWith(ToolProcess tool, int code)
    {
        var (exit, rest) = await tool.End();
        Assert.True(exit == code, $"{tool.Name} ended with {exit} instead of {code}: {string.Join(Environment.NewLine, tool.Seen.Concat(rest))}");
        return string.Join('\n', rest);
    }

    [SkippableFact]
    public async Task Send_gives_a_libzmq_PULL_frames_of_every_kind()
    {
        var (pull, endpoint) = await PythonPeer.Bind(log, "talk", "PULL");
        await using var theirs = pull;
        await using var send = ToolProcess.Start(log, "send", "--connect", endpoint, "text", "--hex", "00ff", "--json", "[1]");

        await pull.Expect("got text|\\x00\\xff|[1]");
        Assert.Contains("sent 1 message, 9 B", await EndsWith(send, 0), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Send_reads_lines_and_a_libzmq_PULL_connects_to_it()
    {
        var (send, endpoint) = await ToolProcess.Bind(log, [], "send", "--split", ",");
        await using var ours = send;
        await using var pull = PythonPeer.Connect(log, "talk", endpoint, "PULL");

        await send.WriteLine("a,b");
        await pull.Expect("got a|b");
        await send.WriteLine("c");
        send.CloseInput();
        await pull.Expect("got c");
        Assert.Contains("sent 2 messages, 3 B", await EndsWith(send, 0), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Send_loses_none_of_many_messages_that_are_in_flight_at_its_end()
    {
        var (pull, endpoint) = await PythonPeer.Bind(log, "pull", "20000");
        await using var theirs = pull;
        await using var send = ToolProcess.Start(log, "send", "--connect", endpoint, "--template", "m {n}", "--count", "20000");

        await EndsWith(send, 0);
        await pull.Expect("pulled 20000");
    }

    [SkippableFact]
    public async Task Send_as_a_DEALER_reaches_a_libzmq_ROUTER_by_its_identity()
    {
        var (router, endpoint) = await PythonPeer.Bind(log, "talk", "ROUTER");
        await using var theirs = router;
        await using var send = ToolProcess.Start(log, "send", "--connect", endpoint, "--type", "dealer", "--identity", "me", "hello");

        await router.Expect("got me|hello");
        await EndsWith(send, 0);
    }

    [SkippableFact]
    public async Task Recv_prints_what_a_libzmq_PUSH_sends_and_ends_after_its_count()
    {
        var (push, endpoint) = await PythonPeer.Bind(log, "talk", "PUSH");
        await using var theirs = push;
        await using var receive = ToolProcess.Start(log, "recv", "--connect", endpoint, "--count", "2", "--output", "json");

        await push.WriteLine("a|\\xff");
        await receive.Expect(",\"frames\":[\"a\",{\"hex\":\"FF\"}]}");
        await push.WriteLine("测试");
        await receive.Expect(",\"frames\":[\"测试\"]}");
        Assert.Contains("\"messages\":2", await EndsWith(receive, 0), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Ctrl_C_ends_recv_in_order_with_its_summary()
    {
        var (receive, endpoint) = await ToolProcess.Bind(log, [], "recv", "--format", "hex");
        await using var ours = receive;
        await using var push = PythonPeer.Connect(log, "talk", endpoint, "PUSH");
        await push.WriteLine("abc|d");
        await receive.Expect("616263 64");

        receive.Signal("INT");

        Assert.Contains("received 1 message, 4 B", await EndsWith(receive, 0), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Sub_prints_only_its_topics_of_a_libzmq_publisher()
    {
        var (publisher, endpoint) = await PythonPeer.Bind(log, "talk", "XPUB");
        await using var theirs = publisher;
        await using var subscribe = ToolProcess.Start(log, "sub", "--connect", endpoint, "weather", "traffic", "--count", "2", "--separator", " / ");
        // In whatever order.
        string[] subscriptions = [await publisher.Expect("got \\x01"), await publisher.Expect("got \\x01")];
        Assert.Equal(["got \\x01traffic", "got \\x01weather"], subscriptions.Order(StringComparer.Ordinal));

        foreach (var message in (string[])["sports|none", "weather|sunny", "traffic|slow"]) await publisher.WriteLine(message);

        await subscribe.Expect("weather / sunny");
        await subscribe.Expect("traffic / slow");
        await EndsWith(subscribe, 0);
        Assert.DoesNotContain(subscribe.Seen, line => line.Contains("sports", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Pub_waits_for_a_libzmq_SUB_and_loses_nothing()
    {
        var (publish, endpoint) = await ToolProcess.Bind(log, [], "pub", "weather", "--template", "{n}", "--count", "3000");
        await using var ours = publish;
        await using var subscribe = PythonPeer.Connect(log, "talk", endpoint, "SUB", "subscribe=weather");

        await subscribe.Expect("got weather|1");
        await subscribe.Expect("got weather|3000");
        await EndsWith(publish, 0);
        Assert.Equal(3000, subscribe.Seen.Count);
    }

    [SkippableFact]
    public async Task Req_prints_the_replies_of_a_libzmq_REP()
    {
        var (reply, endpoint) = await PythonPeer.Bind(log, "talk", "REP");
        await using var theirs = reply;
        await using var request = ToolProcess.Start(log, "req", "--connect", endpoint, "question", "--count", "2");

        await reply.Expect("got question");
        await reply.WriteLine("first");
        await request.Expect("first");
        await reply.Expect("got question");
        await reply.WriteLine("second|part");
        await request.Expect("second\tpart");
        Assert.Contains("got replies: 2 messages", await EndsWith(request, 0), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("got ping")]
    [InlineData("got 1: ping", "--template", "{n}: {text}")]
    [InlineData("got pong", "pong")]
    [InlineData("got PING", "--exec", "tr a-z A-Z")]
    public async Task Reply_answers_a_libzmq_REQ(string expected, params string[] arguments)
    {
        var (reply, endpoint) = await ToolProcess.Bind(log, [], "reply", ["--count", "1", .. arguments]);
        await using var ours = reply;
        await using var request = PythonPeer.Connect(log, "talk", endpoint, "REQ");

        await request.WriteLine("ping");

        await reply.Expect("ping");
        await request.Expect(expected);
        await EndsWith(reply, 0);
    }

    [SkippableFact]
    public async Task Reply_answers_with_an_empty_frame_where_its_program_fails_and_says_so()
    {
        var (reply, endpoint) = await ToolProcess.Bind(log, [], "reply", "--count", "1", "--exec", "echo no >&2; exit 3");
        await using var ours = reply;
        await using var request = PythonPeer.Connect(log, "talk", endpoint, "REQ");

        await request.WriteLine("ping");

        await reply.Expect("it exited with 3: no; the reply is an empty frame");
        Assert.Equal("got ", await request.Expect("got "));
        Assert.Contains("--exec failed for 1 of 1 requests", await EndsWith(reply, 1), StringComparison.Ordinal);
    }
}

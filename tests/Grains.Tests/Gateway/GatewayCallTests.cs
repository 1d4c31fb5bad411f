using System.Diagnostics;
using Actors.Transport;

namespace Grains.Tests.Gateway;

/// <summary>Calls by the bare and the full form, and how they end.</summary>
public sealed class GatewayCallTests : GatewayTests
{
    [Fact]
    public void A_bare_call_gets_its_result_as_JSON()
    {
        var client = Socket.Connect();
        Assert.Equal("00 5", Call(client, "counter", Key, "Add", "[5]"));
        Assert.Equal("00 12", Call(client, "counter", Key, "Add", "[7]"));
        Assert.Equal("00 12", Call(client, "counter", Key, "Get", "[]"));
        Assert.Equal("""00 {"a":[1,2,{"b":null}]}""", Call(client, "counter", Key, "Echo", """[{"a":[1,2,{"b":null}]}]"""));
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("a b/c $d")]
    [InlineData("Ærøskøbing 東京 🦆")]
    public void A_key_may_have_any_characters(string key)
    {
        var client = Socket.Connect();
        Assert.Equal("00 1", Call(client, "counter", key, "Add", "[1]"));
        Assert.Equal("00 1", Call(client, "counter", key, "Get", "[]"));
    }

    [Fact]
    public void A_key_of_five_thousand_octets_works() =>
        Assert.Equal("00 3", Call(Socket.Connect(), "counter", new string('k', 5000), "Add", "[3]"));

    [Theory]
    [InlineData("nothing", "a", "Add", "[1]", "01 unknown-kind no node of the cluster has grains of kind \"nothing\"")]
    [InlineData("counter", "a", "Multiply", "[1]", "01 unknown-method the kind \"counter\" has no method \"Multiply\": expected one of Add, Get")]
    [InlineData("counter", "a", "(reminder)", "[]", "01 unknown-method the kind \"counter\" has no method \"(reminder)\"")]
    [InlineData("counter", "", "Add", "[1]", "01 bad-arguments the key is empty: expected a text")]
    [InlineData("counter", "a", "Add", "[]", "01 bad-arguments counter/a Add: the argument \"n\" is missing")]
    [InlineData("counter", "a", "Add", "[\"x\"]", "01 bad-arguments counter/a Add: the argument \"n\"")]
    [InlineData("counter", "a", "Add", "{}", "01 bad-arguments counter/a Add: expected a JSON array")]
    [InlineData("counter", "a", "Add", "[1,2]", "01 bad-arguments counter/a Add: more arguments than parameters")]
    [InlineData("counter", "a", "Add", "", "01 bad-arguments counter/a Add: ")]
    [InlineData("counter", "a", "Fail", "[\"boom\"]", "01 failed boom")]
    [InlineData("counter", "a", "Greet", "[{\"text\":\"\"}]", "01 bad-arguments counter/a Greet: a picky name has letters")]
    [InlineData("counter", "a", "Divide", "[1,0]", "01 failed .NET number values")]
    [InlineData("counter", "a", "DivideLater", "[1,0]", "01 failed .NET number values")]
    public void A_call_that_cannot_succeed_gets_its_code(string kind, string key, string method, string arguments, string expected) =>
        Assert.StartsWith(expected, Call(Socket.Connect(), kind, key, method, arguments), StringComparison.Ordinal);

    [Fact]
    public void The_stack_of_a_grain_is_not_told() =>
        Assert.Equal("01 failed boom", Call(Socket.Connect(), "counter", Key, "Fail", "[\"boom\"]"));

    [Fact]
    public void A_grain_whose_result_is_no_JSON_takes_further_calls()
    {
        var client = Socket.Connect();
        foreach (var method in (string[])["Divide", "DivideLater"])
        {
            Assert.StartsWith("01 failed ", Call(client, "counter", Key, method, "[1,0]"), StringComparison.Ordinal);
            Assert.Equal("00 0.5", Call(client, "counter", Key, method, "[1,2]"));
        }
        client.Send(CallWriter.Full(1, "counter", Key, "Divide", "[1,0]"));
        Assert.StartsWith("01 failed ", Answer(client.Expect(), 1), StringComparison.Ordinal);
        Assert.Equal("00 1", Call(client, "counter", Key, "Add", "[1]"));
    }

    [Fact]
    public void An_error_text_is_cut()
    {
        var answer = Call(Socket.Connect(), "counter", Key, "Fail", $"[\"{new string('x', 5000)}\"]");
        Assert.Equal($"01 failed {new string('x', 1000)}...", answer);
    }

    [Fact]
    public void An_envelope_of_proxies_comes_back()
    {
        var client = Socket.Connect();
        client.Send(Message.FromText("proxy", "client", "", "counter", Key, "Add", "[2]"));
        var answer = client.Expect();
        Assert.Equal(("proxy", "client"), (answer.Text(0), answer.Text(1)));
        Assert.Equal("00 2", Answer(answer, 2));
    }

    [Fact]
    public void A_full_call_is_answered_behind_its_id()
    {
        var client = Socket.Connect();
        client.Send(CallWriter.Full(1, "counter", Key, "Add", "[5]", remaining: 10_000));
        var answer = client.Expect();
        Assert.Equal(CallWriter.Id(1), answer[0].ToArray());
        Assert.Equal("00 5", Answer(answer, 1));
    }

    [Fact]
    public void A_repeated_call_gets_the_first_result()
    {
        var (one, other) = (Socket.Connect(), Socket.Connect());
        one.Send(CallWriter.Full(1, "counter", Key, "Add", "[5]"));
        Assert.Equal("00 5", Answer(one.Expect(), 1));
        one.Send(CallWriter.Full(2, "counter", Key, "Add", "[1]"));
        Assert.Equal("00 6", Answer(one.Expect(), 1));
        // The same client, after its connection was lost.
        other.Send(CallWriter.Full(1, "counter", Key, "Add", "[5]"));
        Assert.Equal("00 5", Answer(other.Expect(), 1));
        Assert.Equal("00 6", Call(one, "counter", Key, "Get", "[]"));
    }

    [Fact]
    public void Calls_of_two_clients_with_the_same_number_are_two()
    {
        var client = Socket.Connect();
        client.Send(CallWriter.Full(1, "counter", Key, "Add", "[5]"), CallWriter.Full(1, "counter", Key, "Add", "[5]", client: new byte[16]));
        Assert.Equal(["00 10", "00 5"], new[] { Answer(client.Expect(), 1), Answer(client.Expect(), 1) }.Order());
    }

    [Fact]
    public void The_bare_form_may_bear_an_id()
    {
        var client = Socket.Connect();
        for (var tries = 0; tries < 2; tries++)
        {
            client.Send(CallWriter.Bare("counter", Key, "Add", "[5]").Prepend(CallWriter.Id(1)));
            Assert.Equal("00 5", Answer(client.Expect(), 1));
        }
    }

    [Fact]
    public void The_span_of_a_grain_is_a_child_of_the_clients()
    {
        var spans = new System.Collections.Concurrent.ConcurrentQueue<Activity>();
        using var listener = new ActivityListener { ShouldListenTo = source => source.Name == "Actors.Grains", Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData, ActivityStopped = spans.Enqueue };
        ActivitySource.AddActivityListener(listener);
        var client = Socket.Connect();
        client.Send(CallWriter.Full(1, "counter", Key, "Get", "[]", trace: Convert.FromHexString("0af7651916cd43dd8448eb211c80319cb7ad6b716920333101")));
        Assert.Equal("00 0", Answer(client.Expect(), 1));
        var span = Assert.Single(spans, span => span.GetTagItem("grain.key") is string key && key == Key);
        Assert.Equal(("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"), (span.TraceId.ToString(), span.ParentSpanId.ToString()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_call_without_a_trace_of_its_own_belongs_to_that_of_its_request(bool hasOwn)
    {
        var spans = new System.Collections.Concurrent.ConcurrentQueue<Activity>();
        using var listener = new ActivityListener { ShouldListenTo = source => source.Name == "Actors.Grains", Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData, ActivityStopped = spans.Enqueue };
        ActivitySource.AddActivityListener(listener);
        var client = Socket.Connect();
        var trace = Convert.FromHexString("005443010af7651916cd43dd8448eb211c80319cb7ad6b716920333101");
        var call = hasOwn
            ? CallWriter.Full(1, "counter", Key, "Get", "[]", trace: Convert.FromHexString("4bf92f3577b34da6a3ce929d0e0e473600f067aa0ba902b701"))
            : CallWriter.Bare("counter", Key, "Get", "[]").Prepend(CallWriter.Id(1));
        client.Send(call.Prepend(trace));
        var reply = client.Expect();
        Assert.Equal(trace, reply[0].ToArray());
        Assert.Equal("00 0", Answer(reply.Skip(1), 1));
        var span = Assert.Single(spans, span => span.GetTagItem("grain.key") is string key && key == Key);
        Assert.Equal(hasOwn ? "00f067aa0ba902b7" : "b7ad6b7169203331", span.ParentSpanId.ToString());
    }

    [Fact]
    public async Task Calls_of_one_client_run_side_by_side()
    {
        var client = Socket.Connect();
        client.Send(CallWriter.Full(1, "counter", Key, "Wait", "[]"), CallWriter.Full(2, "counter", $"{Key}-other", "Get", "[]"));
        Assert.Equal(CallWriter.Id(2), client.Expect()[0].ToArray());
        await Begun(Key);
        GrainSamples.WaitGate.Of(Key).Release.SetResult("done");
        Assert.Equal("00 \"done\"", Answer(client.Expect(), 1));
    }
}

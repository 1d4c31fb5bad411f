using Actors.Zmtp;
using Akka.Actor;
using Akka.Remote;
using Remoting.Tests.Nodes;

namespace Remoting.Tests;

public sealed class CurveTests
{
    private readonly CurveKeyPair _one = new();
    private readonly CurveKeyPair _two = new();
    private readonly CurveKeyPair _other = new();

    [Fact]
    public async Task Nodes_that_allow_each_other_talk()
    {
        await using var here = Node.Start(Carrier.Zmq, Curve(_one, _other, _one, _two));
        await using var there = Node.Start(Carrier.Zmq, Curve(_two, _one));
        there.System.ActorOf<Echo>("echo");

        var echo = await here.Find(there, "echo");

        var large = new byte[100_000];
        Random.Shared.NextBytes(large);
        Assert.Equal(large, await echo.Ask<byte[]>(large, Patience.Limit));
    }

    [Fact]
    public async Task Nodes_may_share_one_pair()
    {
        await using var here = Node.Start(Carrier.Zmq, Curve(_one, _one));
        await using var there = Node.Start(Carrier.Zmq, Curve(_one, _one));
        there.System.ActorOf<Echo>("echo");

        Assert.Equal("hello", await (await here.Find(there, "echo")).Ask<string>("hello", Patience.Limit));
    }

    [Fact]
    public Task A_node_that_is_not_allowed_is_refused_at_once() => ExpectRefusal(Curve(_one, _two), Curve(_two, _other));

    [Fact]
    public Task A_node_with_a_key_that_is_not_expected_is_not_talked_to() => ExpectRefusal(Curve(_one, _other), Curve(_two, _one));

    [Fact]
    public Task A_node_without_keys_is_refused_at_once() => ExpectRefusal("", Curve(_two, _one));

    [Fact]
    public Task A_node_with_keys_does_not_talk_to_one_without() => ExpectRefusal(Curve(_one, _two), "");

    private static async Task ExpectRefusal(string here, string there)
    {
        await using var from = Node.Start(Carrier.Zmq, here);
        await using var to = Node.Start(Carrier.Zmq, there);
        var (_, received) = to.Collect("collector");
        var failures = from.Published<AssociationErrorEvent>();

        from.System.ActorSelection(to.PathOf("collector")).Tell("secret");

        await failures.Next<AssociationErrorEvent>("the refusal");
        Assert.False(received.TryRead(out _));
    }

    private static string Curve(CurveKeyPair keys, params CurveKeyPair[] allowed) => $$"""
        curve {
          secret-key = "{{keys.SecretKeyZ85}}"
          allowed = [{{string.Join(", ", allowed.Select(key => $"\"{key.PublicKeyZ85}\""))}}]
        }
        """;
}

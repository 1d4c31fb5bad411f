using Akka.Routing;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Akka.Tests.Routing;

public class ConsistentHashTests
{
    private static readonly string[] Nodes = ["a", "b", "c", "d", "e"];

    [Property]
    public void A_key_always_belongs_to_the_same_node(NonNull<string> key)
    {
        Assert.Equal(ConsistentHash.Create(Nodes, 10).NodeFor(key.Get), ConsistentHash.Create(Nodes.Reverse(), 10).NodeFor(key.Get));
    }

    [Property]
    public void A_node_that_goes_moves_only_its_own_keys(NonNull<string> key)
    {
        var before = ConsistentHash.Create(Nodes, 10);
        var after = before - "c";

        if (before.NodeFor(key.Get) != "c")
        {
            Assert.Equal(before.NodeFor(key.Get), after.NodeFor(key.Get));
        }
        else
        {
            Assert.NotEqual("c", after.NodeFor(key.Get));
        }
    }

    [Property]
    public void A_node_that_comes_back_gets_its_keys_back(NonNull<string> key)
    {
        var ring = ConsistentHash.Create(Nodes, 10);

        Assert.Equal(ring.NodeFor(key.Get), (ring - "c" + "c").NodeFor(key.Get));
    }

    [Fact]
    public void The_keys_are_spread_over_all_nodes()
    {
        var ring = ConsistentHash.Create(Nodes, 100);

        var counts = Enumerable.Range(0, 10_000).GroupBy(i => ring.NodeFor($"key{i}")).ToDictionary(g => g.Key, g => g.Count());

        Assert.Equal(5, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 1_000, 3_500));
    }

    [Fact]
    public void Bytes_are_keys_too()
    {
        var ring = ConsistentHash.Create(Nodes, 10);

        Assert.Equal(ring.NodeFor("key"), ring.NodeFor("key"u8.ToArray()));
    }

    [Fact]
    public void An_empty_ring_has_no_node()
    {
        var ring = ConsistentHash.Create(Array.Empty<string>(), 10);

        Assert.True(ring.IsEmpty);
        Assert.Throws<InvalidOperationException>(() => ring.NodeFor("key"));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("test", unchecked((int)0xba6bd213))]
    [InlineData("Hello, world!", unchecked((int)0xc0363e43))]
    [InlineData("The quick brown fox jumps over the lazy dog", 0x2e4ff723)]
    public void The_hash_matches_published_vectors_of_MurmurHash3(string text, int expected)
    {
        Assert.Equal(expected, RingHash.Of(text));
    }
}

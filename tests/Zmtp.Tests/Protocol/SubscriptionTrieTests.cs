using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Tests.Protocol;

public class SubscriptionTrieTests
{
    private static List<string> Match(SubscriptionTrie<string> trie, string topic)
    {
        var matches = trie.Match(System.Text.Encoding.ASCII.GetBytes(topic)).ToArray().ToList();
        matches.Sort(StringComparer.Ordinal);
        return matches;
    }

    [Fact]
    public void A_subscription_matches_what_begins_with_it()
    {
        var trie = new SubscriptionTrie<string>();
        Assert.True(trie.Add("AB"u8, "one"));
        Assert.Equal(["one"], Match(trie, "AB"));
        Assert.Equal(["one"], Match(trie, "ABC"));
        Assert.Empty(Match(trie, "A"));
        Assert.Empty(Match(trie, "AC"));
        Assert.Empty(Match(trie, ""));
    }

    [Fact]
    public void An_empty_subscription_matches_all()
    {
        var trie = new SubscriptionTrie<string>();
        Assert.True(trie.Add(""u8, "one"));
        Assert.Equal(["one"], Match(trie, ""));
        Assert.Equal(["one"], Match(trie, "x"));
    }

    [Fact]
    public void Two_subscriptions_of_one_prefix_take_two_cancels()
    {
        var trie = new SubscriptionTrie<string>();
        Assert.True(trie.Add("A"u8, "one"));
        Assert.False(trie.Add("A"u8, "one"));
        Assert.False(trie.Remove("A"u8, "one"));
        Assert.Equal(["one"], Match(trie, "A"));
        Assert.True(trie.Remove("A"u8, "one"));
        Assert.Empty(Match(trie, "A"));
        Assert.True(trie.IsEmpty);
    }

    [Fact]
    public void A_subscriber_of_several_fitting_prefixes_matches_once()
    {
        var trie = new SubscriptionTrie<string>();
        trie.Add(""u8, "one");
        trie.Add("A"u8, "one");
        trie.Add("AB"u8, "one");
        trie.Add("AB"u8, "other");
        Assert.Equal(["one", "other"], Match(trie, "ABC"));
    }

    [Fact]
    public void Cancelling_what_was_never_subscribed_changes_nothing()
    {
        var trie = new SubscriptionTrie<string>();
        trie.Add("AB"u8, "one");
        Assert.False(trie.Remove("AB"u8, "other"));
        Assert.False(trie.Remove("A"u8, "one"));
        Assert.False(trie.Remove("ABC"u8, "one"));
        Assert.Equal(["one"], Match(trie, "AB"));
    }

    [Fact]
    public void A_leaving_subscriber_takes_along_the_prefixes_that_only_it_had()
    {
        var trie = new SubscriptionTrie<string>();
        trie.Add("A"u8, "one");
        trie.Add("AB"u8, "one");
        trie.Add("AB"u8, "other");
        trie.Add("ABCD"u8, "one");
        trie.Add("ABCD"u8, "one");
        var vanished = new List<string>();
        trie.RemoveAll("one", static (prefix, list) => list.Add(System.Text.Encoding.ASCII.GetString(prefix)), vanished);
        Assert.Equal(["A", "ABCD"], vanished.Order());
        Assert.Equal(["other"], Match(trie, "ABCD"));
        Assert.Equal(1, trie.PrefixCount);
    }

    [Fact]
    public void Matching_allocates_nothing()
    {
        var trie = new SubscriptionTrie<string>();
        var prefixes = Enumerable.Range(0, 500).Select(n => System.Text.Encoding.ASCII.GetBytes($"topic.{n}")).ToArray();
        foreach (var prefix in prefixes)
            trie.Add(prefix, "one");
        trie.Match(prefixes[17]);

        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var topic in prefixes)
            trie.Match(topic);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    // Few octets and subscribers, so that prefixes meet, split and merge often.
    private static readonly Gen<(bool Add, byte[] Prefix, int Subscriber)> Steps =
        from add in Gen.Frequency((3, Gen.Constant(true)), (2, Gen.Constant(false)))
        from length in Gen.Choose(0, 5)
        from prefix in Gen.Choose(0, 2).Select(n => (byte)n).ArrayOf(length)
        from subscriber in Gen.Choose(0, 3)
        select (add, prefix, subscriber);

    [Property(MaxTest = 300)]
    public Property It_does_what_a_plain_list_of_subscriptions_does()
    {
        return Prop.ForAll(Steps.ListOf().Select(steps => steps.ToArray()).ToArbitrary(), steps =>
        {
            var trie = new SubscriptionTrie<int>();
            var model = new List<(string Prefix, int Subscriber)>();
            foreach (var (add, octets, subscriber) in steps)
            {
                var prefix = Octets.Hex(octets);
                if (add)
                {
                    Assert.Equal(model.All(s => s.Prefix != prefix), trie.Add(octets, subscriber));
                    model.Add((prefix, subscriber));
                }
                else
                {
                    var known = model.Remove((prefix, subscriber));
                    Assert.Equal(known && model.All(s => s.Prefix != prefix), trie.Remove(octets, subscriber));
                }

                Compare(trie, model);
            }

            foreach (var leaving in Enumerable.Range(0, 4))
            {
                var others = model.Where(s => s.Subscriber != leaving).ToList();
                var expected = model.Select(s => s.Prefix).Except(others.Select(s => s.Prefix)).Order().ToList();
                var vanished = new List<string>();
                trie.RemoveAll(leaving, static (p, list) => list.Add(Octets.Hex(p)), vanished);
                Assert.Equal(expected, vanished.Order());
                model = others;
                Compare(trie, model);
            }
        });
    }

    private static void Compare(SubscriptionTrie<int> trie, List<(string Prefix, int Subscriber)> model)
    {
        Assert.Equal(model.Select(s => s.Prefix).Distinct().Count(), trie.PrefixCount);
        var prefixes = new List<string>();
        trie.ForEachPrefix(static (p, list) => list.Add(Octets.Hex(p)), prefixes);
        Assert.Equal(model.Select(s => s.Prefix).Distinct().Order(StringComparer.Ordinal), prefixes);

        foreach (var topic in model.Select(s => s.Prefix).Append("").Append("000102").Append("010101010101").Distinct())
        {
            var expected = model.Where(s => topic.StartsWith(s.Prefix, StringComparison.Ordinal)).Select(s => s.Subscriber).Distinct().Order().ToList();
            Assert.Equal(expected, trie.Match(Octets.Of(topic)).ToArray().Order());
            Assert.Equal(expected.Count > 0, trie.Matches(Octets.Of(topic)));
        }
    }
}

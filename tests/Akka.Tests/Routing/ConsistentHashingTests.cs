using Akka.Actor;
using Akka.Event;
using Akka.Routing;

namespace Akka.Tests.Routing;

public class ConsistentHashingTests : TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    private sealed record Keyed(string Key, int Number) : IConsistentHashable
    {
        public object ConsistentHashKey => Key;
    }

    [Fact]
    public void Messages_of_one_key_go_to_one_routee()
    {
        var router = Sys.ActorOf(new ConsistentHashingPool(5).Props(Props.Create<NamingActor>()));
        for (var i = 0; i < 100; i++)
        {
            router.Tell(new Keyed($"key{i % 10}", i));
        }

        var answers = ReceiveN(100, Wait).Cast<Named>().ToList();

        Assert.All(answers.GroupBy(a => ((Keyed)a.Message).Key), key => Assert.Single(key.Select(a => a.Name).Distinct()));
        Assert.True(answers.Select(a => a.Name).Distinct().Count() > 1);
    }

    [Fact]
    public void An_envelope_gives_a_key_to_any_message()
    {
        var router = Sys.ActorOf(new ConsistentHashingPool(5).Props(Props.Create<NamingActor>()));
        for (var i = 0; i < 5; i++)
        {
            router.Tell(new ConsistentHashableEnvelope(i, "same"));
        }

        var answers = ReceiveN(5, Wait).Cast<Named>().ToList();

        Assert.Single(answers.Select(a => a.Name).Distinct());
        Assert.Equal([0, 1, 2, 3, 4], answers.Select(a => (int)a.Message));
    }

    [Fact]
    public void A_mapping_names_the_key_of_a_message()
    {
        var router = Sys.ActorOf(
            new ConsistentHashingPool(5).WithHashMapping(message => message is string text ? text[0] : null)
                .Props(Props.Create<NamingActor>()));
        foreach (var word in new[] { "apple", "avocado", "apricot" })
        {
            router.Tell(word);
        }

        Assert.Single(ReceiveN(3, Wait).Cast<Named>().Select(a => a.Name).Distinct());
    }

    [Fact]
    public void A_message_without_a_key_becomes_a_dead_letter_with_a_warning()
    {
        var router = Sys.ActorOf(new ConsistentHashingPool(2).Props(Props.Create<NamingActor>()));
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));

        EventFilter.Warning(contains: "has no key").ExpectOne(() => router.Tell("keyless"));

        ExpectMsg<DeadLetter>(letter => letter.Message is "keyless", Wait);
    }

    [Fact]
    public void A_group_hashes_over_its_paths()
    {
        var probes = Enumerable.Range(0, 3).Select(_ => CreateTestProbe()).ToList();
        var router = Sys.ActorOf(new ConsistentHashingGroup(probes.Select(p => p.Ref.Path.ToString())).Props());

        router.Tell(new ConsistentHashableEnvelope("one", 7));
        router.Tell(new ConsistentHashableEnvelope("two", 7));
        var owner = AwaitOwner(probes);

        owner.ExpectMsg("one", Wait);
        owner.ExpectMsg("two", Wait);
    }

    [Fact]
    public async Task A_routee_that_goes_leaves_the_keys_of_the_others_alone()
    {
        var router = Sys.ActorOf(new ConsistentHashingPool(5).Props(Props.Create<NamingActor>()), "ring");
        var before = Owners(router);
        var victim = await Sys.ActorSelection($"/user/ring/{before.Values.First()}").ResolveOne(Wait);
        Watch(victim);
        Sys.Stop(victim);
        ExpectTerminated(victim, Wait);
        AwaitAssert(() => Assert.Equal(4, PoolSizeTests.RouteesOf(router).Count), Wait);

        var after = Owners(router);

        Assert.All(before.Where(o => o.Value != victim.Path.Name), o => Assert.Equal(o.Value, after[o.Key]));
        Assert.DoesNotContain(victim.Path.Name, after.Values);
    }

    private Dictionary<string, string> Owners(IActorRef router)
    {
        for (var i = 0; i < 50; i++)
        {
            router.Tell(new Keyed($"key{i}", i));
        }

        return ReceiveN(50, Wait).Cast<Named>().ToDictionary(a => ((Keyed)a.Message).Key, a => a.Name);
    }

    private TestKit.TestProbe AwaitOwner(List<TestKit.TestProbe> probes)
    {
        AwaitCondition(() => probes.Exists(p => p.HasMessages), Wait);
        return probes.Single(p => p.HasMessages);
    }
}

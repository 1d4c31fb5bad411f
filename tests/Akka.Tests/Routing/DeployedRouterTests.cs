using Akka.Actor;
using Akka.Configuration;
using Akka.Routing;

namespace Akka.Tests.Routing;

public class DeployedRouterTests : TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    private const string Deployment = """
        akka.actor.deployment {
          /pool {
            router = round-robin-pool
            nr-of-instances = 3
          }
          /overridden {
            router = broadcast-pool
            nr-of-instances = 2
          }
          /resized {
            router = smallest-mailbox-pool
            resizer {
              enabled = on
              lower-bound = 4
              upper-bound = 6
            }
          }
          /group {
            router = broadcast-group
            routees.paths = ["/user/one", "/user/two"]
          }
          /hashed {
            router = consistent-hashing-pool
            nr-of-instances = 4
            virtual-nodes-factor = 17
          }
          /parent/pool {
            router = round-robin-pool
            nr-of-instances = 2
          }
        }
        """;

    public DeployedRouterTests()
        : base(Deployment)
    {
    }

    [Fact]
    public void FromConfig_takes_the_router_of_the_section()
    {
        var router = Sys.ActorOf(Props.Create<NamingActor>().WithRouter(FromConfig.Instance), "pool");

        Assert.Equal(3, PoolSizeTests.RouteesOf(router).Count);
    }

    [Fact]
    public void A_section_overrides_the_router_of_the_code()
    {
        var router = Sys.ActorOf(new RoundRobinPool(7).Props(Props.Create<NamingActor>()), "overridden");

        router.Tell("all");

        Assert.Equal(2, ReceiveN(2, Wait).Count);
        Assert.Equal(2, PoolSizeTests.RouteesOf(router).Count);
    }

    [Fact]
    public void A_section_may_have_a_resizer()
    {
        var router = Sys.ActorOf(Props.Create<NamingActor>().WithRouter(FromConfig.Instance), "resized");

        Assert.Equal(4, PoolSizeTests.RouteesOf(router).Count);
    }

    [Fact]
    public void A_group_takes_its_paths_from_the_section()
    {
        Sys.ActorOf(Props.Create<NamingActor>(), "one");
        Sys.ActorOf(Props.Create<NamingActor>(), "two");
        var router = Sys.ActorOf(FromConfig.Instance.Props(), "group");

        router.Tell("all");

        Assert.Equal(["one", "two"], ReceiveN(2, Wait).Cast<Named>().Select(n => n.Name).Order());
    }

    [Fact]
    public void A_mapping_from_code_is_used_with_a_pool_from_the_section()
    {
        var router = Sys.ActorOf(
            new ConsistentHashingPool(1).WithHashMapping(_ => "same").Props(Props.Create<NamingActor>()), "hashed");
        for (var i = 0; i < 5; i++)
        {
            router.Tell(i);
        }

        Assert.Single(ReceiveN(5, Wait).Cast<Named>().Select(n => n.Name).Distinct());
        Assert.Equal(4, PoolSizeTests.RouteesOf(router).Count);
    }

    private sealed class ParentActor : ReceiveActor
    {
        public ParentActor()
        {
            var pool = Context.ActorOf(Props.Create<NamingActor>().WithRouter(FromConfig.Instance), "pool");
            ReceiveAny(pool.Forward);
        }
    }

    [Fact]
    public void A_section_may_name_an_actor_below_another()
    {
        var parent = Sys.ActorOf(Props.Create<ParentActor>(), "parent");

        parent.Tell(new Broadcast("all"));

        Assert.Equal(2, ReceiveN(2, Wait).Count);
    }

    [Fact]
    public void FromConfig_without_a_section_fails_with_the_path()
    {
        var error = Assert.Throws<ConfigurationException>(
            () => Sys.ActorOf(Props.Create<NamingActor>().WithRouter(FromConfig.Instance), "nowhere"));

        Assert.Contains("nowhere", error.Message);
        Assert.Contains("akka.actor.deployment", error.Message);
    }

    [Theory]
    [InlineData("router = no-such-router", "no-such-router")]
    [InlineData("router = round-robin-group", "routees.paths")]
    [InlineData("router = round-robin-pool, nr-of-instances = -3", "-3")]
    [InlineData("router = \"System.String\"", "RouterConfig")]
    public void A_section_that_cannot_be_used_names_itself_and_what_is_wrong(string section, string culprit)
    {
        var error = Assert.Throws<ConfigurationException>(
            () => ActorSystem.Create("broken", $"akka.actor.deployment {{ /service {{ {section} }} }}"));

        Assert.Contains("akka.actor.deployment./service", error.Message);
        Assert.Contains(culprit, error.Message);
    }
}

using System.Text;
using Actors.Grains.Clustering;
using Actors.Grains.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;
using ClusterSettings = Actors.Grains.Clustering.ClusterSettings;

namespace Grains.Tests.Serialization;

public sealed class RefusingSerializerTests : IAsyncLifetime
{
    private const string Allowed = "Grains.Tests.Serialization.Order, Grains.Tests";
    private const int Json = 1;
    // It joins no cluster, and so has none to leave when it ends: an orderly shutdown would wait 5 s for its place in one.
    private readonly ActorSystem _system = ActorSystem.Create("test", "akka.loglevel = OFF\nakka.stdout-loglevel = OFF\nakka.coordinated-shutdown.run-by-actor-system-terminate = off\n" +
        ClusterConfig.Of(new ClusterSettings { AllowedTypes = [Allowed] }));

    private RefusingSerializer Serializer => (RefusingSerializer)_system.Serialization.FindSerializerForType(typeof(object));

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();

    [Fact]
    public void A_type_of_the_list_crosses_as_json_under_its_exact_name()
    {
        var order = new Order("tea", 3);
        var bytes = _system.Serialization.FindSerializerFor(order).ToBinary(order);
        Assert.Equal("""{"Item":"tea","Count":3}""", Encoding.UTF8.GetString(bytes));
        Assert.Equal(Allowed, Serializer.Manifest(order));
        Assert.Equal(order, _system.Serialization.Deserialize(bytes, Json, Allowed));
        Assert.Equal(0, Serializer.Refused);
    }

    [Fact]
    public void A_type_that_is_not_in_the_list_is_not_sent_and_the_error_says_how_to_allow_it()
    {
        var fault = Assert.Throws<SerializationRefusedException>(() => _system.Serialization.FindSerializerFor(new Unlisted()).ToBinary(new Unlisted()));
        Assert.Equal("A message of type \"Grains.Tests.Serialization.Unlisted, Grains.Tests\" is not sent to another node, because no serializer is bound to it. " +
            "Bind one under akka.actor.serialization-bindings, or add \"Grains.Tests.Serialization.Unlisted, Grains.Tests\" to grains.cluster.allowed-types on every node, which sends it as JSON.", fault.Message);
        Assert.Equal(1, Serializer.Refused);
    }

    [Fact]
    public void A_type_that_derives_from_one_of_the_list_is_not_sent() =>
        Assert.Throws<SerializationRefusedException>(() => Serializer.ToBinary(new RushOrder("tea", 3)));

    [Theory]
    [InlineData("System.Diagnostics.Process, System.Diagnostics.Process")]
    [InlineData("Grains.Tests.Serialization.Trap, Grains.Tests")]
    [InlineData("grains.tests.serialization.order, Grains.Tests")]
    [InlineData("Grains.Tests.Serialization.Order, Grains.Tests, Version=1.0.0.0")]
    [InlineData("Grains.Tests.Serialization.Order")]
    [InlineData("")]
    public void A_payload_with_the_name_of_another_type_is_refused_and_the_type_is_never_made(string name)
    {
        var payload = """{"$type":"Grains.Tests.Serialization.Trap, Grains.Tests","Item":"tea","Count":3}"""u8.ToArray();
        Assert.Throws<SerializationRefusedException>(() => _system.Serialization.Deserialize(payload, Json, name));
        Assert.Equal(1, Serializer.Refused);
        Assert.False(Trap.Sprung);
    }

    [Fact]
    public void A_type_name_within_a_payload_is_text_and_no_more()
    {
        var payload = """{"$type":"Grains.Tests.Serialization.Trap, Grains.Tests","Item":"tea","Count":3}"""u8.ToArray();
        Assert.Equal(new Order("tea", 3), _system.Serialization.Deserialize(payload, Json, Allowed));
        Assert.False(Trap.Sprung);
    }

    [Fact]
    public void A_peer_cannot_have_an_actor_made_here()
    {
        var fault = Assert.Throws<SerializationRefusedException>(() => _system.Serialization.Deserialize([1, 2, 3], 3, "Akka.Remote.DaemonMsgCreate, Akka.Remote"));
        Assert.Contains("refuse remote deployment", fault.Message);
    }

    [Fact]
    public void A_name_of_the_list_that_no_type_bears_is_an_error_at_the_start()
    {
        var fault = Assert.Throws<ClusterSettingsException>(() => new AllowedTypes(ConfigurationFactory.ParseString("grains.cluster.allowed-types = [\"No.Type, Nowhere\"]")));
        Assert.Equal("grains.cluster.allowed-types has \"No.Type, Nowhere\", which is no type that this process has: expected \"Namespace.Type, Assembly\"", fault.Message);
    }
}

public record Order(string Item, int Count);

public sealed record RushOrder(string Item, int Count) : Order(Item, Count);

public sealed class Unlisted;

public sealed class Trap
{
    public Trap() => Sprung = true;

    public static bool Sprung { get; private set; }
}

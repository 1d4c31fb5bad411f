using Akka.Actor;
using Akka.Serialization;

namespace Actors.Grains.Serialization;

/// <summary>
/// Takes the place of Akka's serializer for remote deployment, by which a node has another one start an actor of a class that it names.
/// Grains never need it.
/// </summary>
internal sealed class RefusedDeployment(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>The identifier of the serializer whose place this one takes.</summary>
    public override int Identifier => 3;

    public override string Manifest(object o) => throw Refused();

    public override byte[] ToBinary(object obj) => throw Refused();

    public override object FromBinary(byte[] bytes, string manifest) => throw Refused();

    private static SerializationRefusedException Refused() =>
        new("Akka.Remote.DaemonMsgCreate, Akka.Remote", "An actor is not deployed on another node: nodes of a cluster of grains refuse remote deployment. Make it a grain.");
}

using System.Text.Json;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;

namespace Actors.Grains.Serialization;

/// <summary>
/// Takes the place of Akka's JSON serializer, which makes any type that a message names. This one makes the types of the list, and
/// refuses all others in both directions.
/// </summary>
/// <remarks>It bears Akka's identifier, so that what a peer sends for Akka's serializer comes here. It is called on any thread.</remarks>
internal sealed class RefusingSerializer : SerializerWithStringManifest
{
    private const int LongestNameShown = 200;
    private readonly AllowedTypes _allowed;
    private long _refused;

    /// <summary>Made by Akka.</summary>
    public RefusingSerializer(ExtendedActorSystem system, Config config)
        : base(system)
    {
        _ = config;
        _allowed = new AllowedTypes(system.Settings.Config);
    }

    /// <summary>The identifier of the serializer whose place this one takes.</summary>
    public override int Identifier => 1;

    /// <summary>The number of messages that were refused, both ways.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    public override string Manifest(object o) => _allowed.Find(o.GetType()) ?? throw RefusedToSend(o.GetType());

    public override byte[] ToBinary(object obj)
    {
        if (_allowed.Find(obj.GetType()) is null) throw RefusedToSend(obj.GetType());
        return JsonSerializer.SerializeToUtf8Bytes(obj, obj.GetType());
    }

    public override object FromBinary(byte[] bytes, string manifest)
    {
        if (_allowed.Find(manifest) is not { } type) throw RefusedToRead(manifest);
        return JsonSerializer.Deserialize(bytes, type) ??
            throw new SerializationRefusedException(manifest, $"A message of type \"{manifest}\" from another node is null: expected an object.");
    }

    private SerializationRefusedException RefusedToSend(Type type)
    {
        Interlocked.Increment(ref _refused);
        var name = AllowedTypes.NameOf(type);
        return new SerializationRefusedException(name,
            $"A message of type \"{name}\" is not sent to another node, because no serializer is bound to it. Bind one under " +
            $"akka.actor.serialization-bindings, or add \"{name}\" to {AllowedTypes.Path} on every node, which sends it as JSON.");
    }

    private SerializationRefusedException RefusedToRead(string manifest)
    {
        Interlocked.Increment(ref _refused);
        var name = manifest.Length > LongestNameShown ? manifest[..LongestNameShown] + "..." : manifest;
        return new SerializationRefusedException(name,
            $"A message of type \"{name}\" from another node is refused: the type is not looked up, because {AllowedTypes.Path} does not have exactly that name.");
    }
}

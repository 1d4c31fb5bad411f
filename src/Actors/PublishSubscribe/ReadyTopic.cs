using System.Security.Cryptography;
using System.Text;
using Actors.Transport;

namespace Actors;

/// <summary>
/// The reserved topics by which a plain subscribe role learns when its subscriptions are in force: it subscribes last to a
/// topic that no other has, and the publish role that sees that subscription has seen the others.
/// </summary>
internal static class ReadyTopic
{
    private const int RandomLength = 16;

    // Subscriptions are sent in the order of their octets, so this one follows all that are text.
    private static readonly byte[] Prefix = [0xFF, 0xFF, .. "actors.ready."u8];

    public static ReadOnlyMemory<byte> New() => (byte[])[.. Prefix, .. RandomNumberGenerator.GetBytes(RandomLength)];

    public static bool Is(ReadOnlyMemory<byte> topic) => topic.Length == Prefix.Length + RandomLength && topic.Span.StartsWith(Prefix);

    public static Message Confirmation(ReadOnlyMemory<byte> topic, string publisher) => new(topic, Encoding.UTF8.GetBytes(publisher));
}

/// <summary>On the event stream: a publish role of this actor system has seen all subscriptions of the peer with that topic.</summary>
/// <param name="Publisher">The publish role's id.</param>
/// <param name="Topic">The reserved topic.</param>
internal sealed record SubscriptionsInForce(string Publisher, ReadOnlyMemory<byte> Topic);

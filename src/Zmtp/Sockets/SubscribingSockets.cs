using System.Text;
using Actors.Zmtp.Patterns;

namespace Actors.Zmtp;

/// <summary>A socket that subscribes to prefixes; on the thread of the socket.</summary>
public abstract class SubscribingSocket : ZmqSocket
{
    private protected SubscribingSocket(ZmqSocketType type, Func<Sockets.SocketCore, Pattern> pattern, string? endpoints, DefaultAction defaultAction)
        : base(type, pattern, endpoints, defaultAction)
    {
    }

    /// <summary>Subscribes to messages that begin with the text in UTF-8; twice takes two cancels.</summary>
    public void Subscribe(string prefix) => Subscribe(Encoding.UTF8.GetBytes(prefix));

    /// <summary>Subscribes to messages that begin with the bytes; twice takes two cancels. An empty prefix is that of all messages.</summary>
    public void Subscribe(ReadOnlySpan<byte> prefix) => ((ISubscriptions)Core.Pattern).Subscribe(prefix);

    /// <summary>Takes a subscription back.</summary>
    public void Unsubscribe(string prefix) => Unsubscribe(Encoding.UTF8.GetBytes(prefix));

    /// <summary>Takes a subscription back.</summary>
    public void Unsubscribe(ReadOnlySpan<byte> prefix) => ((ISubscriptions)Core.Pattern).Unsubscribe(prefix);
}

/// <summary>SUB (RFC 29): receives from publishers what it has subscribed to. An endpoint without a sign is connected.</summary>
public sealed class SubscriberSocket(string? endpoints = null)
    : SubscribingSocket(ZmqSocketType.Sub, static core => new XSubPattern(core, filters: true), endpoints, DefaultAction.Connect)
{
    /// <summary>Subscribes to all messages.</summary>
    public void SubscribeToAnyTopic() => Subscribe([]);
}

/// <summary>XSUB (RFC 29): a subscriber that also subscribes by sending: a frame of 1 or 0 and the prefix. An endpoint without a sign is connected.</summary>
public sealed class XSubscriberSocket(string? endpoints = null)
    : SubscribingSocket(ZmqSocketType.Xsub, static core => new XSubPattern(core, filters: false), endpoints, DefaultAction.Connect);

/// <summary>
/// XPUB (RFC 29): a publisher that receives the subscriptions. With <see cref="SocketOptions.ManualPublisher"/> its own
/// Subscribe and Unsubscribe are for the peer whose message was received last. An endpoint without a sign is bound.
/// </summary>
public sealed class XPublisherSocket(string? endpoints = null)
    : SubscribingSocket(ZmqSocketType.Xpub, static core => new XPubPattern(core, receives: true), endpoints, DefaultAction.Bind)
{
    /// <summary>Sets the message that each new subscriber is sent first; null for none, the default.</summary>
    public void SetWelcomeMessage(byte[]? message) => ((XPubPattern)Core.Pattern).WelcomeMessage = message is null ? null : [.. message];
}

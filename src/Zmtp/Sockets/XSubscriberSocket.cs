using System.Text;
using Actors.Zmtp.Patterns;

namespace Actors.Zmtp.Sockets;

/// <summary>XSUB (RFC 29): a subscriber that also subscribes by sending: a frame of 1 or 0 and the prefix.</summary>
public class XSubscriberSocket : ZmqSocket
{
    /// <summary>A socket, with endpoints separated by commas: "@" before one binds, "&gt;" connects, and without a sign it connects.</summary>
    public XSubscriberSocket(string? connectionString = null)
        : base(ZmqSocketType.Xsub, static core => new XSubPattern(core, filters: false), connectionString, DefaultAction.Connect)
    {
    }

    private XSubPattern Pattern => (XSubPattern)Core.Pattern;

    /// <summary>Subscribes to messages that begin with a topic; twice takes two cancels.</summary>
    public virtual void Subscribe(string topic) => Subscribe(topic, SendReceiveConstants.DefaultEncoding);

    /// <inheritdoc cref="Subscribe(string)"/>
    public virtual void Subscribe(string topic, Encoding encoding)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        Subscribe(encoding.GetBytes(topic));
    }

    /// <inheritdoc cref="Subscribe(string)"/>
    public virtual void Subscribe(byte[] topic)
    {
        ArgumentNullException.ThrowIfNull(topic);
        Pattern.Subscribe(topic);
    }

    /// <summary>Subscribes to all messages.</summary>
    public virtual void SubscribeToAnyTopic() => Subscribe([]);

    /// <summary>Takes a subscription back.</summary>
    public virtual void Unsubscribe(string topic) => Unsubscribe(topic, SendReceiveConstants.DefaultEncoding);

    /// <inheritdoc cref="Unsubscribe(string)"/>
    public virtual void Unsubscribe(string topic, Encoding encoding)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        Unsubscribe(encoding.GetBytes(topic));
    }

    /// <inheritdoc cref="Unsubscribe(string)"/>
    public virtual void Unsubscribe(byte[] topic)
    {
        ArgumentNullException.ThrowIfNull(topic);
        Pattern.Unsubscribe(topic);
    }
}

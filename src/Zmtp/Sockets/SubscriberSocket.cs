using System.Text;
using Actors.Zmtp.Patterns;

namespace Actors.Zmtp.Sockets;

/// <summary>SUB (RFC 29): receives from publishers what it has subscribed to.</summary>
public class SubscriberSocket : ZmqSocket
{
    /// <summary>A socket, with endpoints separated by commas: "@" before one binds, "&gt;" connects, and without a sign it connects.</summary>
    public SubscriberSocket(string? connectionString = null)
        : base(ZmqSocketType.Sub, static core => new XSubPattern(core, filters: true), connectionString, DefaultAction.Connect)
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

    /// <summary>This type of socket does not send.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override bool TrySend(ref Msg msg, TimeSpan timeout, bool more)
        => throw new NotSupportedException("A SUB socket does not send.");
}

using System.Text;
using Actors.Zmtp.Patterns;

namespace Actors.Zmtp.Sockets;

/// <summary>XPUB (RFC 29): a publisher that receives the subscriptions.</summary>
public class XPublisherSocket : ZmqSocket
{
    /// <summary>A socket, with endpoints separated by commas: "@" before one binds, "&gt;" connects, and without a sign it binds.</summary>
    public XPublisherSocket(string? connectionString = null)
        : base(ZmqSocketType.Xpub, static core => new XPubPattern(core, receives: true), connectionString, DefaultAction.Bind)
    {
    }

    private XPubPattern Pattern => (XPubPattern)Core.Pattern;

    /// <summary>Sets the message that each new subscriber is sent.</summary>
    public void SetWelcomeMessage(string welcomeMessage) => SetWelcomeMessage(welcomeMessage, SendReceiveConstants.DefaultEncoding);

    /// <inheritdoc cref="SetWelcomeMessage(string)"/>
    public void SetWelcomeMessage(string welcomeMessage, Encoding encoding)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        SetWelcomeMessage(encoding.GetBytes(welcomeMessage));
    }

    /// <inheritdoc cref="SetWelcomeMessage(string)"/>
    public void SetWelcomeMessage(byte[] welcomeMessage)
    {
        ArgumentNullException.ThrowIfNull(welcomeMessage);
        Pattern.WelcomeMessage = [.. welcomeMessage];
    }

    /// <summary>New subscribers are sent nothing any more.</summary>
    public void ClearWelcomeMessage() => Pattern.WelcomeMessage = null;

    /// <summary>With SocketOptions.ManualPublisher: subscribes the peer whose message was received last.</summary>
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

    /// <summary>With SocketOptions.ManualPublisher: takes the subscription of the peer back whose message was received last.</summary>
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

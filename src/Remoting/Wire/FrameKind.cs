namespace Actors.Remoting.Wire;

/// <summary>The first octet of each message between two nodes; docs/remoting.md has the frames.</summary>
internal enum FrameKind : byte
{
    /// <summary>The first message of a connection, from the node that has connected.</summary>
    Associate = 0x01,

    /// <summary>The answer to <see cref="Associate"/>.</summary>
    Accept = 0x02,

    /// <summary>Messages of Akka, each behind its length.</summary>
    Batch = 0x03,

    /// <summary>One message of Akka, as the second frame.</summary>
    Single = 0x04,

    /// <summary>The last message of a connection: the association has ended, or is refused, with a sentence that says why.</summary>
    Goodbye = 0x05,

    /// <summary>Never sent by a node: what our ROUTER receives in place of a peer whose connection has ended.</summary>
    Gone = 0x06,
}

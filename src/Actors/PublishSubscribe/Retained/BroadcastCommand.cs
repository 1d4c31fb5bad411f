using Actors.Transport;

namespace Actors;

/// <summary>A command of the broadcast protocol, docs/protocols/broadcast.md.</summary>
internal abstract record BroadcastCommand
{
    /// <summary>The subscriber opens a session.</summary>
    /// <param name="Version">The version of the protocol.</param>
    /// <param name="Session">A number of the subscriber's choice.</param>
    /// <param name="Interval">The longest time between two of the subscriber's messages.</param>
    /// <param name="Epoch">The publisher's epoch that the position belongs to; 0 when none is known.</param>
    /// <param name="Position">The number of the last message of that epoch that the subscriber has had.</param>
    /// <param name="Window">The first credit: the EVENT and GAP commands that the publisher may send.</param>
    /// <param name="Name">The subscriber's name for people.</param>
    /// <param name="Prefixes">The prefixes that it subscribes to.</param>
    public sealed record Subscribe(byte Version, uint Session, TimeSpan Interval, ulong Epoch, ulong Position, uint Window, string Name, IReadOnlyList<ReadOnlyMemory<byte>> Prefixes) : BroadcastCommand;

    /// <summary>The subscriptions of that session are in force.</summary>
    /// <param name="Session">The number of the SUBSCRIBE.</param>
    /// <param name="Interval">The longest time between two of the publisher's messages.</param>
    /// <param name="Epoch">The publisher's epoch.</param>
    /// <param name="Position">The session delivers every message with a greater number.</param>
    /// <param name="Latest">The number of the message published last.</param>
    public sealed record Subscribed(uint Session, TimeSpan Interval, ulong Epoch, ulong Position, ulong Latest) : BroadcastCommand;

    /// <summary>A message, with its number.</summary>
    public sealed record Event(ulong Number, Message Payload) : BroadcastCommand;

    /// <summary>The publisher no longer keeps the messages with these numbers.</summary>
    public sealed record Gap(ulong First, ulong Last) : BroadcastCommand;

    /// <summary>The publisher may send this many more EVENT and GAP commands.</summary>
    public sealed record Credit(uint Commands) : BroadcastCommand;

    /// <summary>The speaker is there.</summary>
    public sealed record Heartbeat : BroadcastCommand;

    /// <summary>The speaker ends the session.</summary>
    /// <param name="Why">The reason.</param>
    /// <param name="Latest">From a publisher: the number of the message published last.</param>
    /// <param name="Text">The reason for people.</param>
    public sealed record Goodbye(GoodbyeReason Why, ulong Latest, string Text) : BroadcastCommand;

    /// <summary>The peer's last command cannot be followed.</summary>
    public sealed record Error(BroadcastError Code, string Reason) : BroadcastCommand;
}

/// <summary>Why a session of the broadcast protocol is ended. The values are those on the wire.</summary>
internal enum GoodbyeReason : byte
{
    /// <summary>The speaker stops.</summary>
    Stopping = 1,

    /// <summary>The subscriber did not keep up, and the publisher's rule is to disconnect it.</summary>
    TooSlow = 2,
}

/// <summary>Why a command cannot be followed. The values are those on the wire.</summary>
internal enum BroadcastError : byte
{
    /// <summary>The version of the SUBSCRIBE is not spoken here.</summary>
    Version = 1,

    /// <summary>There is no session with that peer, which has to say SUBSCRIBE first.</summary>
    NoSession = 2,

    /// <summary>The command is malformed, unknown or not for this end.</summary>
    Malformed = 3,
}

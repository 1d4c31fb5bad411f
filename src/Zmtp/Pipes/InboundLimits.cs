namespace Actors.Zmtp.Pipes;

/// <summary>Why what a peer sent cannot be read on.</summary>
internal enum InboundError
{
    None,
    ReservedFlags,
    FrameTooLarge,
    CommandTooLarge,

    /// <summary>Several frames, none of them the last of their message.</summary>
    MessageTooLarge,

    BadCommand,
}

/// <summary>The limits of the octets that a peer may send.</summary>
/// <param name="MaxMessageSize">The largest frame, in bytes; negative for no limit.</param>
/// <param name="MaxCommandSize">The longest body of a command, in bytes.</param>
/// <param name="MaxBytes">With so many bytes in the pipe no more is received; also the most of a message of several frames. Zero for no limit.</param>
internal readonly record struct InboundLimits(long MaxMessageSize, int MaxCommandSize, long MaxBytes);

/// <summary>Takes the commands that arrive between messages and are not for the socket.</summary>
internal interface ICommandHandler
{
    /// <summary>Takes the body of a command; false ends the connection.</summary>
    bool OnCommand(ReadOnlySpan<byte> body);
}

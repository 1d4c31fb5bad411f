namespace Actors.Zmtp;

/// <summary>The properties of a frame beside its bytes.</summary>
[Flags]
internal enum MsgFlags : byte
{
    None = 0,

    /// <summary>Another frame of the same message follows.</summary>
    More = 1,

    /// <summary>The frame is a command of the protocol, not part of a message.</summary>
    Command = 2,
}

namespace Actors.Zmtp;

/// <summary>What is said of a frame beside its bytes.</summary>
[Flags]
public enum MsgFlags : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Another frame of the same message follows.</summary>
    More = 1,

    /// <summary>The frame is a command of the protocol, not part of a message.</summary>
    Command = 2,

    /// <summary>The frame is a routing id.</summary>
    Identity = 64,

    /// <summary>The buffer is shared with other <see cref="Msg"/> values and returned with the last of them.</summary>
    Shared = 128,
}

namespace Actors.Zmtp;

/// <summary>Where the bytes of a <see cref="Msg"/> come from.</summary>
public enum MsgType : byte
{
    /// <summary>Not initialised: neither sent nor closed.</summary>
    Uninitialised = 0,

    /// <summary>No bytes.</summary>
    Empty = 101,

    /// <summary>An array of the caller, left to the garbage collector.</summary>
    GC = 102,

    /// <summary>A buffer of a pool, returned when the <see cref="Msg"/> is closed.</summary>
    Pool = 103,

    /// <summary>An internal separator.</summary>
    Delimiter = 104,

    /// <summary>A group is joined.</summary>
    Join = 105,

    /// <summary>A group is left.</summary>
    Leave = 106,
}

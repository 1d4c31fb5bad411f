namespace Actors.Zmtp.Protocol;

/// <summary>The commands that this implementation knows by name.</summary>
internal enum CommandKind
{
    /// <summary>A name that is well formed and not known.</summary>
    Unknown,
    Ready,
    Error,
    Subscribe,
    Cancel,
    Join,
    Leave,
    Ping,
    Pong,
}

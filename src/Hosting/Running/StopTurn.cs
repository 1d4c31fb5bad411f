using Actors.Hosting.Configuration;

namespace Actors.Hosting;

/// <summary>
/// When a role drains at the stop of the system. Who only sends comes first, so that what goes from role to role inside of the
/// process still arrives; all drain once more at the end, for what handlers have sent meanwhile.
/// </summary>
internal enum StopTurn
{
    Sender,
    Worker,
    Receiver,
}

/// <summary>The turns of the patterns.</summary>
internal static class StopTurns
{
    public static StopTurn Of(RolePattern pattern) => pattern switch
    {
        RolePattern.Request or RolePattern.Publish or RolePattern.Push or RolePattern.Dealer => StopTurn.Sender,
        RolePattern.Worker or RolePattern.Forwarder or RolePattern.Streamer => StopTurn.Worker,
        _ => StopTurn.Receiver,
    };
}

namespace Actors.Host.Status;

/// <summary>Where the status of a running host comes from. Safe to use from any thread, and by several at once.</summary>
internal interface IStatusReader
{
    /// <summary>Collects the status as it is now. A role that does not answer within half a second is reported with what was known of it.</summary>
    Task<HostStatus> Read(CancellationToken cancel);
}

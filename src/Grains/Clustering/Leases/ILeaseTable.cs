namespace Actors.Grains.Clustering.Leases;

/// <summary>Where leases are kept. Its clock decides when one ends. Called from any thread.</summary>
internal interface ILeaseTable
{
    /// <summary>Takes a lease that nobody holds, that has ended, or that the owner itself took before.</summary>
    /// <param name="name">The lease.</param>
    /// <param name="owner">Who takes it.</param>
    /// <param name="token">Names this taking; only it can renew or give back the lease.</param>
    /// <param name="lasts">How long it lasts unless it is renewed.</param>
    /// <param name="cancel">Ends the wait; the lease may be taken nevertheless.</param>
    /// <returns>False when another owner holds it.</returns>
    Task<bool> TakeAsync(string name, string owner, Guid token, TimeSpan lasts, CancellationToken cancel);

    /// <summary>How long the lease lasts unless it is renewed; null when nobody has it.</summary>
    Task<TimeSpan?> LeftAsync(string name, CancellationToken cancel);

    /// <summary>Lets a lease last longer. False when another taking has replaced this one.</summary>
    Task<bool> RenewAsync(string name, Guid token, TimeSpan lasts, CancellationToken cancel);

    /// <summary>Gives a lease back; does nothing when another taking has replaced this one.</summary>
    Task GiveBackAsync(string name, Guid token, CancellationToken cancel);
}

using Akka.Actor;
using Akka.Coordination;
using Npgsql;

namespace Actors.Grains.Clustering.Leases;

/// <summary>A lease of Akka on PostgreSQL.</summary>
/// <remarks>Akka makes it from a section of the configuration with <c>connection-string</c>. Called from any thread.</remarks>
internal sealed class PostgresLease : Lease
{
    private readonly LeaseHolder _holder;

    /// <summary>Made by Akka.</summary>
    public PostgresLease(LeaseSettings settings, ExtendedActorSystem system)
        : base(settings)
    {
        var source = LeaseDatabase.Of(system, settings.LeaseConfig.GetString("connection-string"));
        _holder = new LeaseHolder(
            new PostgresLeaseTable(source, system.Name),
            settings.LeaseName,
            settings.OwnerName,
            settings.TimeoutSettings,
            settings.LeaseConfig.GetBoolean("wait-for-dead-owner", false),
            TimeProvider.System);
    }

    public override Task<bool> Acquire() => _holder.AcquireAsync(null);

    public override Task<bool> Acquire(Action<Exception> leaseLostCallback) => _holder.AcquireAsync(leaseLostCallback!);

    public override Task<bool> Release() => _holder.ReleaseAsync();

    public override bool CheckLease() => _holder.IsHeld;
}

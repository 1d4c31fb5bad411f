using Actors.Grains.Runtime;
using Actors.Grains.Storage;

namespace Actors.Grains.Reminders;

/// <summary>Sets and removes reminders in the store.</summary>
internal static class GrainReminders
{
    /// <summary>The shortest period. What has to run more often is a timer.</summary>
    public static readonly TimeSpan ShortestPeriod = TimeSpan.FromSeconds(1);

    public static Task Set(KindHost host, Grain? grain, string key, string name, TimeSpan due, TimeSpan period)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(due, TimeSpan.Zero);
        if (period != TimeSpan.Zero) ArgumentOutOfRangeException.ThrowIfLessThan(period, ShortestPeriod);
        if (grain is not IRemindable) throw new InvalidOperationException($"{host.Class.Type.Name} sets the reminder \"{name}\": expected that it implements {nameof(IRemindable)}");
        var at = DateTimeOffset.FromUnixTimeMilliseconds((host.Time.GetUtcNow() + due).ToUnixTimeMilliseconds());
        return host.Runtime.Store.SetReminderAsync(new ReminderRow(host.Kind, key, name, at, period), CancellationToken.None);
    }

    public static Task<bool> Remove(KindHost host, string key, string name) => host.Runtime.Store.RemoveReminderAsync(host.Kind, key, name, CancellationToken.None);
}

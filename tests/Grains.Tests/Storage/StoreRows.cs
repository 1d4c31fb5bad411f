using System.Text;
using Actors.Grains.Storage;

namespace Grains.Tests.Storage;

/// <summary>Rows and reminders of the tests of stores.</summary>
internal static class StoreRows
{
    /// <summary>A whole second, so that no store rounds it.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static GrainRow Row(long version, string? body, string calls = "") =>
        new(version, body is null ? default(ReadOnlyMemory<byte>?) : Encoding.UTF8.GetBytes(body), Encoding.UTF8.GetBytes(calls));

    public static ReminderRow Reminder(string key, string name, int dueIn = 0, int period = 0) =>
        new("clock", key, name, Noon.AddSeconds(dueIn), TimeSpan.FromSeconds(period));

    /// <summary>Version, body and calls as text, to compare.</summary>
    public static (long Version, string? Body, string Calls)? Text(GrainRow? row) => row is null
        ? null
        : (row.Version, row.Body is { } body ? Encoding.UTF8.GetString(body.Span) : null, Encoding.UTF8.GetString(row.Calls.Span));
}

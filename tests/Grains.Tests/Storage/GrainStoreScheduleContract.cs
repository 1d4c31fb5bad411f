using System.Globalization;
using System.Text;
using Actors.Grains.Storage;
using static Grains.Tests.Storage.StoreRows;

namespace Grains.Tests.Storage;

/// <summary>What every store of grains does when many use it at once, and over long seeded schedules.</summary>
public abstract class GrainStoreScheduleContract : GrainStoreReminderContract
{
    [SkippableFact]
    public async Task A_hundred_writers_lose_no_update()
    {
        SkipIfMissing();
        const int Writers = 100, Keys = 5, Updates = 10;
        var stores = new[] { Store, await Another() };
        var conflicts = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var random = new Random(writer);
            var refused = 0;
            for (var done = 0; done < Updates;)
            {
                var key = $"{random.Next(Keys)}";
                var store = stores[random.Next(stores.Length)];
                var row = await store.ReadAsync("counter", key, Cancel);
                var sum = row is null ? 0 : int.Parse(Encoding.UTF8.GetString(row.Body!.Value.Span), CultureInfo.InvariantCulture);
                await Task.Yield();
                if (await store.WriteAsync("counter", key, Row((row?.Version ?? 0) + 1, $"{sum + 1}"), Cancel)) done++;
                else refused++;
            }
            return refused;
        })));
        var total = 0;
        for (var key = 0; key < Keys; key++)
        {
            var row = Text(await Store.ReadAsync("counter", $"{key}", Cancel))!.Value;
            Assert.Equal(row.Version, long.Parse(row.Body!, CultureInfo.InvariantCulture));
            total += (int)row.Version;
        }
        Assert.Equal(Writers * Updates, total);
        Assert.True(conflicts.Sum() > 0, "no writer met another: the schedule shows nothing");
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_seeded_schedule_leaves_what_a_dictionary_has(int seed)
    {
        SkipIfMissing();
        var random = new Random(seed);
        var rows = new Dictionary<string, (long Version, string? Body, string Calls)>();
        var reminders = new Dictionary<(string Key, string Name), ReminderRow>();
        for (var step = 0; step < 400; step++)
        {
            var key = $"{random.Next(4)}";
            var name = $"{random.Next(3)}";
            switch (random.Next(5))
            {
                case 0 or 1:
                    var version = Math.Max(1, (rows.TryGetValue(key, out var row) ? row.Version : 0) + random.Next(0, 3));
                    var next = (version, random.Next(4) == 0 ? null : $"{random.Next()}", random.Next(2) == 0 ? "" : $"{step}");
                    var fits = version == row.Version + 1;
                    Assert.Equal(fits, await Store.WriteAsync("clock", key, Row(next.version, next.Item2, next.Item3), Cancel));
                    if (fits) rows[key] = next;
                    break;
                case 2:
                    var set = Reminder(key, name, random.Next(100), random.Next(3));
                    await Store.SetReminderAsync(set, Cancel);
                    reminders[(key, name)] = set;
                    break;
                case 3:
                    Assert.Equal(reminders.Remove((key, name)), await Store.RemoveReminderAsync("clock", key, name, Cancel));
                    break;
                default:
                    var fired = reminders.TryGetValue((key, name), out var found) && random.Next(3) > 0 ? found : Reminder(key, name, 200);
                    DateTimeOffset? due = random.Next(2) == 0 ? null : fired.Due.AddSeconds(10);
                    Assert.Equal(fired == found, await Store.AdvanceReminderAsync(fired, due, Cancel));
                    if (fired != found) break;
                    if (due is { } later) reminders[(key, name)] = fired with { Due = later };
                    else reminders.Remove((key, name));
                    break;
            }
        }
        for (var key = 0; key < 4; key++)
        {
            Assert.Equal(rows.TryGetValue($"{key}", out var row) ? row : null, Text(await Store.ReadAsync("clock", $"{key}", Cancel)));
            Assert.Equal(
                reminders.Values.Where(reminder => reminder.Key == $"{key}").OrderBy(reminder => reminder.Name, StringComparer.Ordinal),
                await Store.ReadRemindersAsync("clock", $"{key}", Cancel));
        }
        var all = new List<ReminderRow>();
        for (var slice = 0; slice < ReminderRow.Slices; slice++) all.AddRange(await Store.ReadDueAsync(slice, Noon.AddDays(1), 100, Cancel));
        Assert.Equal(reminders.Values.ToHashSet(), all.ToHashSet());
    }
}

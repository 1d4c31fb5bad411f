using Actors.Grains.Storage;
using static Grains.Tests.Storage.StoreRows;

namespace Grains.Tests.Storage;

/// <summary>What every store of grains does with reminders.</summary>
public abstract class GrainStoreReminderContract : GrainStoreContract
{
    private static readonly int SliceOfA = ReminderRow.SliceOf("clock", "a");

    [SkippableFact]
    public async Task Reminders_of_a_grain_are_read_in_order_of_their_names()
    {
        SkipIfMissing();
        var reminders = new[] { Reminder("a", "b", 1, 60), Reminder("a", "B", 2), Reminder("a", "\uffff", 3), Reminder("a", "🦀", 4), Reminder("a", "a\0", 5), Reminder("a", "a", 6) };
        foreach (var reminder in reminders) await Store.SetReminderAsync(reminder, Cancel);
        await Store.SetReminderAsync(Reminder("other", "b"), Cancel);
        Assert.Equal(["B", "a", "a\0", "b", "\uffff", "🦀"], (await Store.ReadRemindersAsync("clock", "a", Cancel)).Select(reminder => reminder.Name));
        Assert.Equal(reminders[0], (await Store.ReadRemindersAsync("clock", "a", Cancel))[3]);
    }

    [SkippableFact]
    public async Task A_reminder_takes_the_place_of_the_one_with_its_name()
    {
        SkipIfMissing();
        await Store.SetReminderAsync(Reminder("a", "n", 1, 60), Cancel);
        await Store.SetReminderAsync(Reminder("a", "n", 2, 0), Cancel);
        Assert.Equal([Reminder("a", "n", 2, 0)], await Store.ReadRemindersAsync("clock", "a", Cancel));
        Assert.Equal([Reminder("a", "n", 2, 0)], await Store.ReadDueAsync(SliceOfA, Noon.AddSeconds(9), 10, Cancel));
    }

    [SkippableFact]
    public async Task A_removed_reminder_is_gone_and_cannot_be_removed_again()
    {
        SkipIfMissing();
        await Store.SetReminderAsync(Reminder("a", "n"), Cancel);
        Assert.True(await Store.RemoveReminderAsync("clock", "a", "n", Cancel));
        Assert.False(await Store.RemoveReminderAsync("clock", "a", "n", Cancel));
        Assert.Empty(await Store.ReadRemindersAsync("clock", "a", Cancel));
        Assert.Empty(await Store.ReadDueAsync(SliceOfA, Noon, 10, Cancel));
    }

    [SkippableFact]
    public async Task Reminders_are_due_at_their_time_the_longest_due_first_and_no_more_than_asked_for()
    {
        SkipIfMissing();
        foreach (var due in new[] { 3, 1, 5, 2, 4 }) await Store.SetReminderAsync(Reminder("a", $"n{due}", due), Cancel);
        Assert.Equal(["n1", "n2", "n3"], (await Store.ReadDueAsync(SliceOfA, Noon.AddSeconds(3), 10, Cancel)).Select(reminder => reminder.Name));
        Assert.Equal(["n1", "n2"], (await Store.ReadDueAsync(SliceOfA, Noon.AddSeconds(9), 2, Cancel)).Select(reminder => reminder.Name));
        Assert.Empty(await Store.ReadDueAsync(SliceOfA, Noon.AddSeconds(1).AddMilliseconds(-1), 10, Cancel));
    }

    [SkippableFact]
    public async Task Each_slice_has_the_reminders_of_its_grains()
    {
        SkipIfMissing();
        var keys = Enumerable.Range(0, 200).Select(i => $"key {i}").ToArray();
        foreach (var key in keys) await Store.SetReminderAsync(Reminder(key, "n"), Cancel);
        var found = new List<string>();
        for (var slice = 0; slice < ReminderRow.Slices; slice++)
        {
            var due = await Store.ReadDueAsync(slice, Noon, 1000, Cancel);
            Assert.All(due, reminder => Assert.Equal(slice, reminder.Slice));
            found.AddRange(due.Select(reminder => reminder.Key));
        }
        Assert.Equal(keys.Order(), found.Order());
    }

    [SkippableTheory]
    [InlineData(-1, 1)]
    [InlineData(ReminderRow.Slices, 1)]
    [InlineData(0, 0)]
    public async Task A_slice_that_does_not_exist_and_a_count_of_none_are_mistakes(int slice, int most)
    {
        SkipIfMissing();
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.ReadDueAsync(slice, Noon, most, Cancel));
    }

    [SkippableFact]
    public async Task A_reminder_that_has_fired_moves_to_its_next_time()
    {
        SkipIfMissing();
        await Store.SetReminderAsync(Reminder("a", "n", 0, 60), Cancel);
        Assert.True(await Store.AdvanceReminderAsync(Reminder("a", "n", 0, 60), Noon.AddSeconds(60), Cancel));
        Assert.Empty(await Store.ReadDueAsync(SliceOfA, Noon, 10, Cancel));
        Assert.Equal([Reminder("a", "n", 60, 60)], await Store.ReadDueAsync(SliceOfA, Noon.AddSeconds(60), 10, Cancel));
    }

    [SkippableFact]
    public async Task A_reminder_that_fires_once_is_removed_when_it_has()
    {
        SkipIfMissing();
        await Store.SetReminderAsync(Reminder("a", "n"), Cancel);
        Assert.True(await Store.AdvanceReminderAsync(Reminder("a", "n"), null, Cancel));
        Assert.Empty(await Store.ReadRemindersAsync("clock", "a", Cancel));
    }

    [SkippableFact]
    public async Task A_reminder_that_was_moved_set_anew_or_removed_is_not_advanced()
    {
        SkipIfMissing();
        var fired = Reminder("a", "n", 0, 60);
        await Store.SetReminderAsync(fired, Cancel);
        Assert.True(await Store.AdvanceReminderAsync(fired, Noon.AddSeconds(60), Cancel));
        Assert.False(await Store.AdvanceReminderAsync(fired, Noon.AddSeconds(60), Cancel));
        Assert.False(await Store.AdvanceReminderAsync(fired, null, Cancel));

        await Store.SetReminderAsync(Reminder("a", "n", 0, 30), Cancel);
        Assert.False(await Store.AdvanceReminderAsync(fired, Noon.AddSeconds(60), Cancel));
        Assert.Equal([Reminder("a", "n", 0, 30)], await Store.ReadRemindersAsync("clock", "a", Cancel));

        Assert.True(await Store.RemoveReminderAsync("clock", "a", "n", Cancel));
        Assert.False(await Store.AdvanceReminderAsync(fired, Noon.AddSeconds(60), Cancel));
        Assert.Empty(await Store.ReadRemindersAsync("clock", "a", Cancel));
    }

    [SkippableFact]
    public async Task Parts_of_a_millisecond_stop_no_reminder_from_being_advanced()
    {
        SkipIfMissing();
        var reminder = new ReminderRow("clock", "a", "n", Noon.AddTicks(1234), TimeSpan.FromTicks(1));
        await Store.SetReminderAsync(reminder, Cancel);
        var read = Assert.Single(await Store.ReadRemindersAsync("clock", "a", Cancel));
        Assert.Equal((Noon, TimeSpan.FromMilliseconds(1)), (read.Due, read.Period));
        Assert.True(await Store.AdvanceReminderAsync(reminder, Noon.AddSeconds(1), Cancel));
    }

    [SkippableFact]
    public async Task A_reminder_bears_any_time_and_the_time_zone_of_its_setter_makes_no_difference()
    {
        SkipIfMissing();
        var rows = new[]
        {
            new ReminderRow("clock", "a", "1", DateTimeOffset.MinValue, TimeSpan.Zero),
            new ReminderRow("clock", "a", "2", Noon.ToOffset(TimeSpan.FromHours(9)), TimeSpan.FromDays(10_000)),
            new ReminderRow("clock", "a", "3", DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()), TimeSpan.Zero),
        };
        foreach (var row in rows.Reverse()) await Store.SetReminderAsync(row, Cancel);
        Assert.Equal(rows, await Store.ReadDueAsync(SliceOfA, DateTimeOffset.MaxValue, 10, Cancel));
    }

    [SkippableFact]
    public async Task A_negative_period_and_an_empty_name_are_mistakes()
    {
        SkipIfMissing();
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.SetReminderAsync(Reminder("a", "n", 0, -1), Cancel));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.SetReminderAsync(Reminder("a", ""), Cancel));
    }

    [SkippableFact]
    public async Task A_reminder_of_an_odd_key_is_read_under_it()
    {
        SkipIfMissing();
        foreach (var key in OddKeys)
        {
            await Store.SetReminderAsync(Reminder(key, key), Cancel);
            Assert.Equal([Reminder(key, key)], await Store.ReadRemindersAsync("clock", key, Cancel));
            Assert.True(await Store.AdvanceReminderAsync(Reminder(key, key), null, Cancel));
        }
    }
}

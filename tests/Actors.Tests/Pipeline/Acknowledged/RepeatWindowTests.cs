using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Actors.Tests;

public sealed class RepeatWindowTests
{
    /// <summary>Ids in a row, of two origins, and others that are too short for a number.</summary>
    private static TaskId Id(int n)
    {
        var number = new byte[9];
        BinaryPrimitives.WriteInt64BigEndian(number.AsSpan(1), n);
        number[0] = (byte)(n % 2);
        return new TaskId(n % 5 == 0 ? number.AsSpan(5) : number);
    }

    [Property(MaxTest = 300)]
    public void The_last_ids_are_known_and_ids_that_were_never_added_are_not(PositiveInt size, int seed)
    {
        var random = new Random(seed);
        var window = new RepeatWindow(size.Get);
        var added = new List<int>();
        for (var n = 0; n < 500; n++)
        {
            var id = random.Next(600);
            // As a task that is done: one that is known is not added again.
            if (!window.Contains(Id(id))) added.Add(id);
            window.Add(Id(id));
            Assert.All(added.TakeLast(size.Get), last => Assert.True(window.Contains(Id(last)), $"{last} is forgotten"));
        }
        Assert.All(Enumerable.Range(0, 600).Except(added), never => Assert.False(window.Contains(Id(never)), $"{never} was never added"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(1000)]
    public void Of_ids_in_a_row_a_block_more_than_the_size_is_known_at_most(int size)
    {
        var window = new RepeatWindow(size);
        var origin = TaskOrigin.WithPrefix([7]);
        for (var n = 0; n < 10_000; n++) window.Add(new TaskId(origin, (ulong)n));

        Assert.InRange(Enumerable.Range(0, 10_000).Count(n => window.Contains(new TaskId(origin, (ulong)n))), size, size + 63);
    }
}

using Actors.Transport;

namespace Transport.Tests;

public sealed class MessageBatchTests
{
    private static readonly Message A = Message.FromText("a");
    private static readonly Message B = Message.FromText("b");

    [Fact]
    public void A_batch_has_its_messages_in_order()
    {
        var batch = new MessageBatch(A, B);

        Assert.Equal(2, batch.Count);
        Assert.Same(B, batch[1]);
        Assert.Equal([A, B], batch);
    }

    [Fact]
    public void A_batch_has_at_least_one_message() => Assert.Throws<ArgumentException>(() => new MessageBatch());

    [Fact]
    public void No_message_of_a_batch_is_null() => Assert.Throws<ArgumentException>(() => new MessageBatch(A, null!));

    [Fact]
    public void The_first_messages_are_a_batch_too() => Assert.Equal([A], new MessageBatch(A, B).First(1));
}

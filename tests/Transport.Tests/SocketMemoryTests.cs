using Actors.Transport;

namespace Transport.Tests;

public sealed class SocketMemoryTests
{
    [Fact]
    public void The_wait_doubles_up_to_the_longest_and_starts_anew_once_the_socket_was_open()
    {
        var memory = new SocketMemory(new SocketSpec
        {
            Name = "s",
            Kind = SocketKind.Push,
            Settings = new SocketSettings { RestartBackoff = TimeSpan.FromMilliseconds(100), RestartBackoffMax = TimeSpan.FromMilliseconds(350) },
        });

        Assert.Equal([100, 200, 350, 350], Enumerable.Range(0, 4).Select(_ => memory.Failed().TotalMilliseconds));
        memory.Opened();
        Assert.Equal(100, memory.Failed().TotalMilliseconds);
        Assert.Equal(5, memory.Restarts);
    }

    [Fact]
    public void A_subscription_ends_as_often_as_it_was_made()
    {
        var memory = new SocketMemory(new SocketSpec { Name = "s", Kind = SocketKind.Subscribe, Settings = new SocketSettings(), Subscriptions = ["a"u8.ToArray()] });
        memory.AddSubscription("a"u8.ToArray());

        Assert.True(memory.RemoveSubscription("a"u8.ToArray()));
        Assert.True(memory.RemoveSubscription("a"u8.ToArray()));
        Assert.False(memory.RemoveSubscription("a"u8.ToArray()));
    }
}

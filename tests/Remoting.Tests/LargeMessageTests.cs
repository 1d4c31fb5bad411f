using Akka.Actor;
using Akka.Event;
using Remoting.Tests.Nodes;

namespace Remoting.Tests;

public sealed class LargeMessageTests
{
    private const int FrameSize = 1_000_000;

    // Akka's envelope takes some hundred bytes of the frame.
    private const int Envelope = 1_000;

    [Theory]
    [MemberData(nameof(Carriers.All), MemberType = typeof(Carriers))]
    public async Task Messages_of_all_sizes_up_to_the_maximum_arrive_whole(Carrier carrier)
    {
        await using var here = Node.Start(carrier, $"maximum-frame-size = {FrameSize}b");
        await using var there = Node.Start(carrier, $"maximum-frame-size = {FrameSize}b");
        there.System.ActorOf<Echo>("echo");
        var echo = await here.Find(there, "echo");

        foreach (var size in new[] { 0, 1, 1_900, 2_100, 15_000, 16_384, 20_000, 65_536, 128_000, FrameSize - Envelope })
        {
            var message = new byte[size];
            new Random(size).NextBytes(message);
            Assert.Equal(message, await echo.Ask<byte[]>(message, Patience.Limit));
        }
    }

    [Theory]
    [MemberData(nameof(Carriers.All), MemberType = typeof(Carriers))]
    public async Task A_message_beyond_the_maximum_is_an_error_in_the_log_and_costs_no_other(Carrier carrier)
    {
        await using var here = Node.Start(carrier);
        await using var there = Node.Start(carrier);
        there.System.ActorOf<Echo>("echo");
        var echo = await here.Find(there, "echo");
        var errors = here.Published<Error>();

        echo.Tell(new byte[200_000]);

        var error = await errors.Next<Error>("an error that names the size", error => error.Cause?.Message.Contains("128000") == true || error.Message.ToString()!.Contains("128000"));
        Assert.Contains("200", $"{error.Message} {error.Cause?.Message}");
        Assert.Equal("still", await echo.Ask<string>("still", Patience.Limit));
    }
}

using System.Globalization;
using Actors;
using Actors.Transport;
using Akka.Actor;

namespace Chaos.Handlers;

/// <summary>For a subscriber host: prints each message and gap, and takes some milliseconds for each message.</summary>
public sealed class SlowConsoleHandler : ReceiveActor
{
    private static readonly TimeSpan Work = TimeSpan.FromMilliseconds(3);

    /// <summary>Made by the host, by its type name.</summary>
    public SlowConsoleHandler()
    {
        ReceiveAsync<Message>(async message =>
        {
            Console.WriteLine($"> {message.Text(0)} {message.Text(1)}");
            // Being slow is its work; nothing is waited for.
            await Task.Delay(Work);
        });
        Receive<SubscriptionGap>(gap => Console.WriteLine($"gap {gap.First} to {gap.Last?.ToString(CultureInfo.InvariantCulture) ?? "the last"}"));
    }
}

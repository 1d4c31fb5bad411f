using System.Diagnostics;
using System.Globalization;
using Actors.Transport;
using Akka.Actor;

namespace Chaos.Handlers;

/// <summary>For a worker host: works on each message for the microseconds that the environment says, then answers with it.</summary>
public sealed class SlowEchoHandler : ReceiveActor
{
    /// <summary>The variable that says how long.</summary>
    public const string Microseconds = "CHAOS_WORK_MICROSECONDS";

    /// <summary>Made by the host, by its type name.</summary>
    public SlowEchoHandler()
    {
        var work = TimeSpan.FromMicroseconds(int.Parse(Environment.GetEnvironmentVariable(Microseconds) ?? "0", CultureInfo.InvariantCulture));
        Receive<Message>(message =>
        {
            var began = Stopwatch.GetTimestamp();
            // Such a short time can only be spent by working.
            while (Stopwatch.GetElapsedTime(began) < work)
            {
            }
            Sender.Tell(message, Self);
        });
    }
}

using System.CommandLine;
using Akka.Actor;

namespace Benchmarks.Remoting;

/// <summary>The verb with which this program starts itself as the far end of all transports; it prints their addresses and stops with its standard input.</summary>
internal static class RemotingPeerCommand
{
    public const string Verb = "remoting-peer";

    public static Command Create()
    {
        var command = new Command(Verb, "The far end of a measurement of remoting.") { Hidden = true };
        command.SetAction(async (_, cancel) =>
        {
            var systems = Carrier.All.Select(carrier => (carrier.Name, System: carrier.Start())).ToList();
            foreach (var (name, system) in systems)
            {
                for (var pair = 0; pair < RemotingRow.Pairs; pair++) system.ActorOf<Echo>($"echo-{pair}");
                system.ActorOf<Sink>("sink");
                Console.WriteLine($"{name} {((ExtendedActorSystem)system).Provider.DefaultAddress}");
            }
            await Console.In.ReadLineAsync(cancel).ConfigureAwait(false);
            await Task.WhenAll(systems.Select(each => each.System.Terminate())).ConfigureAwait(false);
        });
        return command;
    }
}

using System.CommandLine;
using Benchmarks.Wire;
using Benchmarks.Wire.Peers;

var root = new RootCommand("Measures the engine and the bridge.")
{
    WireCommand.Create(),
    PeerCommand.Create(),
};
return root.Parse(args).Invoke();

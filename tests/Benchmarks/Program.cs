using System.CommandLine;
using Benchmarks.Cycles;
using Benchmarks.Grains;
using Benchmarks.Idle;
using Benchmarks.Metrics;
using Benchmarks.NetMq;
using Benchmarks.Page;
using Benchmarks.Remoting;
using Benchmarks.Roles;
using Benchmarks.Streams;
using Benchmarks.Wire;
using Benchmarks.Wire.Peers;

var root = new RootCommand("Measures the engine and the bridge.")
{
    CompareCommand.Create("wire", "Compares our sockets with libzmq's over tcp.", WireRow.OfSockets, _ => Comparison.OfSockets()),
    RolesCommand.Create(),
    StreamsCommand.Create(),
    MetricsCommand.Create(),
    RemotingCommand.Create(),
    CyclesCommand.Create(),
    IdleCommand.Create(),
    GrainsCommand.Create(),
    MillionCommand.Create(),
    PageCommand.Create(),
    GrainStoreCommand.Create(),
    PeerCommand.Create(),
    NetMqPeerCommand.Create(),
    RolePeerCommand.Create(),
    RemotingPeerCommand.Create(),
    GrainPeerCommand.Create(),
};
return root.Parse(args).Invoke();

using System.CommandLine;
using Benchmarks.Cycles;
using Benchmarks.Roles;
using Benchmarks.Wire;
using Benchmarks.Wire.Peers;

var root = new RootCommand("Measures the engine and the bridge.")
{
    CompareCommand.Create("wire", "Compares our sockets with libzmq's over tcp.", WireRow.OfSockets, PeerCommand.Verb),
    CompareCommand.Create("roles", "Compares our roles, actor to actor, with libzmq's sockets over tcp.", WireRow.OfRoles, RolePeerCommand.Verb),
    CyclesCommand.Create(),
    PeerCommand.Create(),
    RolePeerCommand.Create(),
};
return root.Parse(args).Invoke();

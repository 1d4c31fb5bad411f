using Benchmarks.NetMq;
using Benchmarks.Wire;
using Benchmarks.Wire.Peers;

namespace Benchmarks.Roles;

/// <summary>An engine of the roles, and what its figures stand beside.</summary>
/// <param name="Name">The value of <c>actors.transport.engine</c>.</param>
/// <param name="RawVerb">The verb of this program with the ends on raw sockets of that engine.</param>
/// <param name="BesideRaw">The ratio is to the engine's raw sockets; else it is to libzmq's.</param>
internal sealed record MeasuredEngine(string Name, string RawVerb, bool BesideRaw)
{
    public static readonly IReadOnlyList<MeasuredEngine> All =
    [
        new("zmtp", PeerCommand.Verb, BesideRaw: false),
        new("netmq", NetMqPeerCommand.Verb, BesideRaw: true),
    ];

    public PeerProgram Batches { get; } = PeerProgram.Ours(RolePeerCommand.Verb, "--engine", Name);

    public PeerProgram Single { get; } = PeerProgram.Ours(RolePeerCommand.Verb, "--engine", Name, "--single");

    public PeerProgram Raw { get; } = PeerProgram.Ours(RawVerb);

    /// <summary>The engines of these names; all without names.</summary>
    /// <exception cref="ArgumentException">A name is unknown.</exception>
    public static IReadOnlyList<MeasuredEngine> Named(IReadOnlyCollection<string> names) =>
        names.Count == 0 ? All : [.. names.Select(name => All.FirstOrDefault(engine => engine.Name == name)
            ?? throw new ArgumentException($"Unknown engine \"{name}\"; expected one of {string.Join(", ", All.Select(engine => engine.Name))}."))];
}

using Akka.Actor;
using Akka.Configuration;
using Benchmarks.Wire;

namespace Benchmarks.Roles;

/// <summary>What an end of a measurement of roles is to do: on which engine, where, with messages of so many bytes, how long, and whether its actors tell single messages instead of batches.</summary>
internal sealed record RoleWork(string Engine, string Endpoint, int Size, Timing Timing, bool Single)
{
    /// <summary>For a handler that counts without an end, and reports when it is stopped.</summary>
    public static readonly Timing Unmeasured = new(0, double.MaxValue);

    public ActorSystem NewSystem() => ActorSystem.Create("benchmark", ConfigurationFactory.ParseString($"actors.transport.engine = {Engine}"));
}

using Actors.TestKit;
using Actors.Transport;
using Xunit.Abstractions;

namespace Streams.Tests.Simulated;

/// <summary>What tests of streams on a simulated network share.</summary>
public abstract class SimulatedStreamTests : StreamTestKit
{
    protected SimulatedStreamTests(ITestOutputHelper log)
        : base(log)
    {
        Network = SimulatedNetwork.Of(Sys);
        Network.Patience = Patience;
    }

    protected SimulatedNetwork Network { get; }

    /// <summary>Waits until that condition of the network holds.</summary>
    protected void Await(Func<bool> condition, string missing) => AwaitCondition(condition, Patience, TimeSpan.FromMilliseconds(10), missing);

    protected long Dropped(DropReason reason) => Network.Dropped.Where(dropped => dropped.Reason == reason).Sum(dropped => dropped.Count);
}

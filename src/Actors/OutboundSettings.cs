using Actors.Transport;

namespace Actors;

/// <summary>The bounded queue of a role that sends.</summary>
/// <param name="Capacity">The most messages that wait in the role while no peer takes them.</param>
/// <param name="Rule">What happens to a message when the queue is full.</param>
public sealed record OutboundSettings(int Capacity, OverflowRule Rule)
{
    /// <summary>For a queue that something else bounds: a protocol's credit, or a number of requests.</summary>
    internal static OutboundSettings Unbounded { get; } = new(int.MaxValue, OverflowRule.Backpressure);

    internal void Validate(SettingCheck check) => check.Below("outbound").AtLeast("capacity", Capacity, 1);
}

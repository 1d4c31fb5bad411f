using System.Text;
using Actors.Grains.Runtime;

namespace Actors.Grains.Calls;

/// <summary>The grains that wait for a call: its caller, the caller's caller, and so on.</summary>
/// <param name="Grain">The grain that waits.</param>
/// <param name="Call">The call that it works on meanwhile; null when that runs on another node.</param>
/// <param name="Before">Who waits for this grain.</param>
internal sealed record CallChain(GrainId Grain, GrainCall? Call, CallChain? Before)
{
    /// <summary>The most grains of a chain: what goes deeper goes round, over ever new keys.</summary>
    public const int MaxLength = 128;

    /// <summary>The number of grains.</summary>
    public int Length { get; } = (Before?.Length ?? 0) + 1;

    /// <summary>Names the call that the grain works on to other nodes; one without an id gets a name for this alone.</summary>
    public CallId CallId { get; init; } = Call is null ? default : Call.Id.IsNone ? PendingCalls.NewId() : Call.Id;

    /// <summary>Whether a grain waits for the call.</summary>
    public CallChain? Find(GrainId grain)
    {
        for (var link = this; link is not null; link = link.Before)
        {
            if (link.Grain == grain) return link;
        }
        return null;
    }

    /// <summary>The first caller first.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        for (var link = this; link is not null; link = link.Before) text.Insert(0, link.Before is null ? $"{link.Grain}" : $" -> {link.Grain}");
        return text.ToString();
    }
}

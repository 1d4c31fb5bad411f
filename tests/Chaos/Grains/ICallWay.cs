namespace Chaos.Grains;

/// <summary>A way to call a counter: a gateway, or a proxy inside a node. Answers come to the <see cref="CallLedger"/>.</summary>
internal interface ICallWay
{
    /// <summary>Where it leads, for messages.</summary>
    string Name { get; }

    /// <summary>Sends one try of a call of <c>Add(1)</c>.</summary>
    /// <param name="number">The call of the client.</param>
    /// <param name="key">The counter's key.</param>
    /// <param name="time">What is left of the call's time.</param>
    void Send(ulong number, string key, TimeSpan time);
}

/// <summary>What came of one try of a call.</summary>
/// <param name="Result">The result, as JSON; null when there is none.</param>
/// <param name="Code">Null when there is a result.</param>
/// <param name="Text">For people.</param>
/// <param name="MayTryAgain">False when the error ends the call.</param>
internal sealed record Answer(string? Result, string? Code = null, string Text = "", bool MayTryAgain = false)
{
    public override string ToString() => Result ?? $"{Code}: {Text}";
}

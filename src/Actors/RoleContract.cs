namespace Actors;

/// <summary>What a role promises with its settings, in words for its user.</summary>
/// <param name="Promise">What holds whatever the peers do.</param>
/// <param name="Loss">What can still be lost, and when.</param>
/// <param name="Counted">What is counted, and published on the event stream.</param>
public sealed record RoleContract(string Promise, string Loss, string Counted);

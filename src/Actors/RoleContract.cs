namespace Actors;

/// <summary>What a role promises with the settings that it has, in words for its user. README.md has the whole table, with the tests.</summary>
/// <param name="Promise">What holds, whatever its peers do.</param>
/// <param name="Loss">What may be lost all the same, and when.</param>
/// <param name="Counted">What is counted, and published on the event stream.</param>
public sealed record RoleContract(string Promise, string Loss, string Counted);

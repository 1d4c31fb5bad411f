namespace Actors.Zmtp.Tests.Alone;

/// <summary>Tests that end or exchange what all sockets of the process share; they run when no other test does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class AloneCollection
{
    public const string Name = "alone";
}

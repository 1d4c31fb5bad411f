namespace Host.Tests.Control;

/// <summary>
/// The tests with sockets of the engine zmtp in this process. They run beside no other: a host that a test runs here ends the engine, as it
/// does at the end of its own process, and with it all sockets.
/// </summary>
[CollectionDefinition(EngineSockets.Name, DisableParallelization = true)]
public sealed class EngineSockets
{
    public const string Name = "sockets of the engine";
}

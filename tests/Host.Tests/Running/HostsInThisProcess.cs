namespace Host.Tests.Running;

/// <summary>
/// The tests that start a host in this process. They run beside no other: at its end a host ends its engine, as it does at the end of its
/// own process, and with it all sockets, also those of other tests.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class HostsInThisProcess : ICollectionFixture<HostsInThisProcess.Running>
{
    public const string Name = "hosts in this process";

    /// <summary>Exists while the tests of this collection run.</summary>
    public sealed class Running : IDisposable
    {
        private static int s_count;

        public Running() => Interlocked.Increment(ref s_count);

        public static bool IsNow => Volatile.Read(ref s_count) > 0;

        public void Dispose() => Interlocked.Decrement(ref s_count);
    }
}

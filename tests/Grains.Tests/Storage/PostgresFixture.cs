using Actors.Shared;

namespace Grains.Tests.Storage;

/// <summary>The one PostgreSQL server of these tests. Each test has a schema of its own in it.</summary>
public sealed class PostgresFixture : IDisposable
{
    private int _schemas;

    internal PostgresServer? Server { get; } = PostgresServer.Missing is null ? PostgresServer.Start() : null;

    public string NextSchema() => $"test {Interlocked.Increment(ref _schemas)}";

    public void Dispose() => Server?.Dispose();
}

/// <summary>The tests that share the server run one after the other, because some of them restart it.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresTests : ICollectionFixture<PostgresFixture>
{
    public const string Name = "PostgreSQL";
}

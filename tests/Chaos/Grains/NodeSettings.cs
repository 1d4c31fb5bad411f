using System.Text.Json;

namespace Chaos.Grains;

/// <summary>What a node process is told on its command line, as JSON.</summary>
internal sealed record NodeSettings
{
    /// <summary>In the log, and in the database's record of who has written.</summary>
    public required string Name { get; init; }

    /// <summary>How many nodes the cluster normally has.</summary>
    public required int Nodes { get; init; }

    /// <summary>The port that the node binds for other nodes.</summary>
    public required int Port { get; init; }

    /// <summary>The port of the link by which other nodes reach it.</summary>
    public required int PublicPort { get; init; }

    public required IReadOnlyList<string> Seeds { get; init; }

    /// <summary>For Npgsql.</summary>
    public required string Database { get; init; }

    /// <summary>How many results by id a grain keeps.</summary>
    public required int RecentCalls { get; init; }

    /// <summary>The engine of the gateway.</summary>
    public required string Engine { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this);

    public static NodeSettings FromJson(string json) => JsonSerializer.Deserialize<NodeSettings>(json)!;
}

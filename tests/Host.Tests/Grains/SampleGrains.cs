using Actors.Grains;

namespace Host.Tests.Grains;

/// <summary>Has the kind of the sample that ships with the host.</summary>
[Grain("counter")]
public interface IOtherCounter
{
    Task<long> Get();
}

public sealed class OtherCounter : Grain, IOtherCounter
{
    public Task<long> Get() => Task.FromResult(0L);
}

[Grain("needy")]
public interface INeedy
{
    Task<string> Read(string address);
}

/// <summary>Asks for a service that no host has.</summary>
public sealed class Needy(HttpClient client) : Grain, INeedy
{
    public Task<string> Read(string address) => client.GetStringAsync(new Uri(address));
}

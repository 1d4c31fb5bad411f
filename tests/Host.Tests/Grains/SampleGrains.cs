using Actors.Grains;
using Microsoft.Extensions.DependencyInjection;

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

[Grain("greeter")]
public interface IGreeter
{
    Task<string> Greet();
}

public sealed record Greeting(string Text);

/// <summary>Asks for a service that its assembly adds.</summary>
public sealed class Greeter(Greeting greeting) : Grain, IGreeter
{
    public Task<string> Greet() => Task.FromResult($"{greeting.Text}, {Key}");
}

public sealed class SampleStartup : IGrainsStartup
{
    public void ConfigureServices(IServiceCollection services) => services.AddSingleton(new Greeting("Hello"));
}

public sealed class FailingStartup : IGrainsStartup
{
    public void ConfigureServices(IServiceCollection services) => throw new InvalidOperationException("no connection string");
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

using System.Threading.Channels;
using Actors;
using Actors.Hosting;
using Actors.Transport;
using Akka.Actor;
using Akka.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hosting.Tests;

/// <summary>Roles that a file, a text or the app's configuration names.</summary>
public sealed class ConfiguredRoleTests
{
    private const string Sink = """
        roles.sink {
          pattern = pull
          bind = ["tcp://127.0.0.1:0"]
          delivery = acknowledged
          handler { type = "Hosting.Tests.Collector, ASSEMBLY" }
        }
        """;

    private readonly Channel<string> _received = Channel.CreateUnbounded<string>();

    private static string Hocon => Sink.Replace("ASSEMBLY", typeof(Collector).Assembly.GetName().Name, StringComparison.Ordinal);

    private void Services(IServiceCollection services) => services.AddSingleton(_received);

    [Fact]
    public async Task A_role_of_a_file_has_its_handler_by_dependency_injection()
    {
        var folder = Directory.CreateTempSubdirectory("hosting-tests-");
        try
        {
            var file = Path.Combine(folder.FullName, "sink.conf");
            await File.WriteAllTextAsync(file, Hocon);
            await using var app = await HostedApp.Start(zmq => zmq.FromFile(file).Key<Sink>("sink"), Services);

            await Receives(app, "from a file");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_role_of_a_text_is_found_by_a_key()
    {
        await using var app = await HostedApp.Start(zmq => zmq.FromHocon(Hocon).Key<Sink>("sink"), Services);

        await Receives(app, "from a text");
    }

    [Fact]
    public async Task A_role_of_the_apps_configuration_takes_the_same_keys()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Roles:sink:Pattern"] = "pull",
            ["Roles:sink:Bind:0"] = HostedApp.AnyPort,
            ["Roles:sink:Delivery"] = "acknowledged",
            ["Roles:sink:Acknowledged:DedupWindow"] = "5000",
            ["Roles:sink:Handler:Type"] = typeof(Collector).AssemblyQualifiedName,
        }).Build();
        await using var app = await HostedApp.Start(zmq => zmq.FromConfiguration(configuration.GetSection("Roles")).Key<Sink>("sink"), Services);

        await Receives(app, "from a configuration");
    }

    [Fact]
    public async Task A_mistake_fails_the_start_with_its_line_and_key()
    {
        await using var app = HostedApp.Of(zmq => zmq.FromHocon(Hocon.Replace("delivery", "deliverie", StringComparison.Ordinal)), Services);

        var fault = await Assert.ThrowsAsync<ConfigurationException>(app.Start);

        Assert.Contains("hocon:4", fault.Message, StringComparison.Ordinal);
        Assert.Contains("roles.sink.deliverie: unknown key", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mistake_in_the_apps_configuration_names_its_key()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Roles:source:Pattern"] = "push", ["Roles:source:Conect:0"] = "tcp://peer:1" }).Build();
        await using var app = HostedApp.Of(zmq => zmq.FromConfiguration(configuration.GetSection("Roles")), Services);

        Assert.Contains("roles.source.conect: unknown key", (await Assert.ThrowsAsync<ConfigurationException>(app.Start)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_doubtful_is_a_warning_in_the_log()
    {
        await using var app = await HostedApp.Start(zmq => zmq.FromHocon("""roles.all { pattern = subscribe, connect = ["tcp://127.0.0.1:9"], handler.type = console }"""), Services);

        Assert.Contains("roles.all.topics", Assert.Single(app.Log.At(LogLevel.Warning)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_is_refused_because_an_app_tells_the_role_its_messages()
    {
        await using var app = HostedApp.Of(zmq => zmq.FromHocon("""roles.push { pattern = push, connect = ["tcp://127.0.0.1:9"], source { type = ticker, interval = 1s, text = tick } }"""), Services);

        Assert.Contains("roles.push.source: is run by the program actors only", (await Assert.ThrowsAsync<ConfigurationException>(app.Start)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_for_a_role_that_is_not_there_is_an_error_that_names_the_roles()
    {
        await using var app = HostedApp.Of(zmq => zmq.FromHocon(Hocon).Key<Source>("source"), Services);

        Assert.Contains("there is no role \"source\" to be found by Hosting.Tests.Source: expected one of sink", (await Assert.ThrowsAsync<KeyNotFoundException>(app.Start)).Message, StringComparison.Ordinal);
    }

    private async Task Receives(HostedApp app, string text)
    {
        Assert.Equal(app.Roles["sink"].Role, app.Role<Sink>());
        await using var source = await HostedApp.Start(zmq => zmq.Push<Source>(app.Endpoint("sink"), o => o with { Acknowledged = new() }));

        source.Role<Source>().Tell(Message.FromText(text));

        Assert.Equal(text, await HostedApp.Next(_received, "the message"));
    }
}

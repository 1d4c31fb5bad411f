#region usings
using Actors;
using Actors.Hosting;
using Actors.Transport;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
#endregion
using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Docs.Tests.Guides.GettingStarted;

/// <summary>The samples of docs/getting-started/embedding.md.</summary>
public sealed class EmbeddingSamples(ITestOutputHelper log) : SampleTests
{
    [SkippableFact]
    public async Task An_app_answers_a_program_in_Python_and_a_role_of_another_actor_system()
    {
        var endpoint = HostProcess.FreeEndpoint();
        string[] args = [$"--Endpoint={endpoint}"];

        #region program
        var builder = Host.CreateApplicationBuilder(args);
        builder.AddPrices();
        using var app = builder.Build();
        await app.StartAsync();
        #endregion

        Assert.Equal("1.50", await Ask(endpoint));
        var folder = Directory.CreateTempSubdirectory("actors-docs-tests-");
        try
        {
            var client = Path.Combine(folder.FullName, "ask.py");
            await File.WriteAllTextAsync(client, Pages.Repository.Read("tests/Docs.Tests/Guides/GettingStarted/ask.py").Replace("tcp://localhost:5555", endpoint, StringComparison.Ordinal));
            await using var asking = PythonPeer.StartFile(log, client);
            await asking.Expect("1.50");
        }
        finally
        {
            folder.Delete(recursive: true);
            app.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

            #region wait
            await app.WaitForShutdownAsync();
            #endregion
        }
    }

    private async Task<string> Ask(string endpoint)
    {
        var system = Start();

        #region own
        var prices = system.ActorOf(RequestRole.Props(new RequestSettings
        {
            Name = "prices",
            Socket = new SocketSettings { Connect = [endpoint] },
            Timeout = TimeSpan.FromSeconds(30),
        }), "prices");
        var price = await prices.Ask<Message>(Message.FromText("apples"));
        Console.WriteLine(price.Text());
        #endregion

        return price.Text();
    }
}

#region prices
/// <summary>The key of the role: <c>IRequiredActor&lt;PriceDesk&gt;</c>.</summary>
public sealed class PriceDesk;

public static class Prices
{
    /// <param name="builder">The app.</param>
    /// <param name="before">What a test does to the actor system before the role starts.</param>
    public static void AddPrices(this IHostApplicationBuilder builder, Action<AkkaConfigurationBuilder>? before = null)
    {
        var endpoint = builder.Configuration["Endpoint"] ?? "tcp://127.0.0.1:5555";
        builder.Services.AddSingleton<PriceList>();
        builder.Services.AddAkka("shop", akka =>
        {
            before?.Invoke(akka);
            akka.WithZeroMq(zmq => zmq.Reply<PriceDesk, PriceHandler>(endpoint));
        });
    }
}
#endregion

#region handler
public sealed class PriceList
{
    public string Of(string product) => FormattableString.Invariant($"{product.Length * 0.25:0.00}");
}

/// <summary>Answers with the price of a product. Made by dependency injection, once.</summary>
public sealed class PriceHandler : ReceiveActor
{
    public PriceHandler(PriceList prices) => Receive<Message>(product => Sender.Tell(Message.FromText(prices.Of(product.Text()))));
}
#endregion

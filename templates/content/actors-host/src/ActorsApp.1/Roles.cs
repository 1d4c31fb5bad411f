using Actors.Hosting;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorsApp._1;

/// <summary>The key of the role that invoices are told to: <c>IRequiredActor&lt;Invoices&gt;</c>.</summary>
public sealed class Invoices;

/// <summary>The roles and services of this app.</summary>
public static class Roles
{
    /// <param name="builder">The app.</param>
    /// <param name="before">What a test does to the actor system before the roles start.</param>
    public static void AddRoles(this IHostApplicationBuilder builder, Action<AkkaConfigurationBuilder>? before = null)
    {
        builder.Services.AddSingleton<PriceList>();
        builder.Services.AddAkka("app", akka =>
        {
            before?.Invoke(akka);
            akka.WithZeroMq(zmq => zmq
                .FromFile(Path.Combine(AppContext.BaseDirectory, "roles.conf"))
                .Key<Invoices>("invoices"));
        });
    }
}

using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;

namespace Hosting.Tests;

/// <summary>What tests of apps share whose handler, a <see cref="Collector"/>, hands on what it receives.</summary>
public abstract class HandlerTests
{
    /// <summary>Where the handler puts what it receives.</summary>
    protected Channel<string> Inbox { get; } = Channel.CreateUnbounded<string>();

    /// <summary>The next message that the handler has received.</summary>
    protected Task<string> Received => HostedApp.Next(Inbox, "a message to the handler");

    /// <summary>The services of an app with that handler.</summary>
    protected void Services(IServiceCollection services) => services.AddSingleton(Inbox);
}

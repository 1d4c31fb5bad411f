using System.Threading.Channels;
using Akka.Actor;

namespace Docs.Tests;

/// <summary>Runs the samples of a page. Each region is a code block of that page, word for word.</summary>
public abstract class SampleTests : IAsyncLifetime
{
    /// <summary>Long, because the machine may be slow; a test that passes never waits so long.</summary>
    private const string Patience = "30s";

    private ActorSystem? _system;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_system is not null) await _system.Terminate();
        GC.SuppressFinalize(this);
    }

    /// <summary>An actor system on the engine under test, in which no question waits for ever.</summary>
    protected ActorSystem Start() =>
        _system = ActorSystem.Create("app", $"akka {{ actor.ask-timeout = {Patience}, loglevel = WARNING }}\n" + EngineUnderTest.Config);

    /// <summary>The next text that a collector was told.</summary>
    protected static async Task<string> Next(Channel<string> received)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            return await received.Reader.ReadAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException("the handler was told no message within 30 s");
        }
    }
}

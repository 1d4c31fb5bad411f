using Akka.Actor;
using Akka.Configuration;

namespace Akka.Tests;

/// <summary>A test with a system of its own, which ends with it.</summary>
public abstract class SystemTest : IAsyncLifetime
{
    private readonly string _config;
    private ActorSystem? _system;

    protected SystemTest(string config = "") => _config = config;

    protected ActorSystem Sys => _system!;

    public virtual Task InitializeAsync()
    {
        _system = ActorSystem.Create("test", ConfigurationFactory.ParseString(_config).WithFallback(ConfigurationFactory.ParseString(
            """akka { loglevel = WARNING, loggers = ["Akka.Tests.QuietLogger, Akka.Tests"], stdout-loglevel = OFF }""")));
        return Task.CompletedTask;
    }

    public virtual async Task DisposeAsync()
    {
        if (_system is not null)
            await _system.Terminate().Within("the system to end");
    }
}

/// <summary>Keeps the expected failures of tests off the console.</summary>
public sealed class QuietLogger : ActorBase
{
    protected override bool Receive(object message)
    {
        if (message is Akka.Event.InitializeLogger)
            Sender.Tell(new Akka.Event.LoggerInitialized());
        return true;
    }
}

public static class Waiting
{
    public static async Task Within(this Task task, string what)
    {
        try
        {
            await task.WaitAsync(Probe.Patience);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            throw new TimeoutException($"Waited {Probe.Patience} for {what}");
        }
    }

    public static async Task<T> Within<T>(this Task<T> task, string what)
    {
        await ((Task)task).Within(what);
        return await task;
    }
}

using Actors.Host.Running;
using Akka.Actor;
using Akka.Event;

namespace Host.Tests.Running;

public class StandardErrorLoggerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task What_was_logged_before_the_end_is_written_before_the_system_stops()
    {
        const int lines = 20_000;
        var before = Console.Error;
        var written = new StringWriter();
        Console.SetError(TextWriter.Synchronized(written));
        try
        {
            using var system = ActorSystem.Create("log", """akka { loglevel = INFO, stdout-loglevel = OFF, loggers = ["Actors.Host.Running.StandardErrorLogger, Actors.Host"] }""");
            for (var i = 0; i < lines; i++) system.Log.Info("line {0}", i);

            await StandardErrorLogger.AllWritten(system).WaitAsync(Patience);
            await system.Terminate().WaitAsync(Patience);
        }
        finally
        {
            Console.SetError(before);
        }

        Assert.Contains($" info line {lines - 1}{Environment.NewLine}", written.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_waits_where_the_log_goes_elsewhere()
    {
        using var system = ActorSystem.Create("elsewhere", "akka { loggers = [], stdout-loglevel = OFF }");

        await StandardErrorLogger.AllWritten(system).WaitAsync(Patience);

        await system.Terminate().WaitAsync(Patience);
    }
}

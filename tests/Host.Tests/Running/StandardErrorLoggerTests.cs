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

        Assert.Contains($" info [host] line {lines - 1}{Environment.NewLine}", written.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[akka://host/user/roles/sink#12]", "sink")]
    [InlineData("akka://host/user/roles/sink", "sink")]
    [InlineData("/user/roles/sink(akka://host)", "sink")]
    [InlineData("/user/roles/sink (akka://host)", "sink")]
    [InlineData("[akka://host/user/roles/sink$source#12]", "sink")]
    [InlineData("[akka://host/user/roles/my-source#12]", "my-source")]
    [InlineData("[akka://host/user/roles/a%20b/handler#12]", "a b")]
    [InlineData("[akka://host/system/zmq-poller-0/sink-1#12]", "sink")]
    [InlineData("[akka://host/system/zmq-poller-0/my-worker.pull-13#12]", "my-worker.pull")]
    [InlineData("[akka://host/system/zmq-poller-0#12]", "host")]
    [InlineData("[akka://host/user/roles#12]", "host")]
    [InlineData("CoordinatedShutdown", "host")]
    public void A_line_names_the_role_whose_actor_has_logged(string source, string role) => Assert.Equal(role, StandardErrorLogger.RoleOf(source));

    [Fact]
    public async Task Nobody_waits_where_the_log_goes_elsewhere()
    {
        using var system = ActorSystem.Create("elsewhere", "akka { loggers = [], stdout-loglevel = OFF }");

        await StandardErrorLogger.AllWritten(system).WaitAsync(Patience);

        await system.Terminate().WaitAsync(Patience);
    }
}

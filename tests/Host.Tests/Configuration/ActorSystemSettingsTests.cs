using Host.Tests.Running;

namespace Host.Tests.Configuration;

/// <summary>Mistakes in the settings of the actor system are found by the check and by the start, with file, line and key.</summary>
[Collection(HostsInThisProcess.Name)]
public sealed class ActorSystemSettingsTests : IDisposable
{
    private const string Roles = "roles { sink { pattern = pull, bind = \"tcp://127.0.0.1:0\", handler { type = console } } }";

    // The engine netmq can be shut down once in a process, and a host that ends does so.
    private const string Runnable = $"{Roles}\nactors.transport.engine = zmtp";

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("akka.loglevel = LOUD", "expected one of DEBUG, INFO, WARNING, ERROR, OFF")]
    [InlineData("akka.loglevel = 5", "expected one of DEBUG")]
    [InlineData("akka.loglevel = \"\"", "expected one of DEBUG")]
    [InlineData("akka.stdout-loglevel = [INFO]", "expected one of DEBUG")]
    [InlineData("akka.log-dead-letters = maybe", "expected on, off or a whole number")]
    [InlineData("akka.log-dead-letters-during-shutdown = yes", "expected on or off")]
    [InlineData("akka.log-config-on-start = 1", "expected on or off")]
    [InlineData("akka.loggers = 5", "is \"5\": expected a list of actor classes")]
    [InlineData("akka.loggers = [\"No.Such, Thing\"]", "No.Such, Thing")]
    [InlineData("akka.loggers = [\"System.String\"]", "expected a list of actor classes")]
    [InlineData("akka.extensions = [\"No.Such, Thing\"]", "expected a list of extensions")]
    [InlineData("akka.logger-startup-timeout = soon", "expected a duration")]
    [InlineData("akka.logger-startup-timeout = 0s", "more than 0")]
    [InlineData("akka.logger-formatter = x.y", "expected a class that can be loaded")]
    [InlineData("akka.scheduler.tick-duration = 0", "more than 0")]
    [InlineData("akka.scheduler.tick-duration = 99999999d", "at most 2147483647 ms")]
    [InlineData("akka.scheduler.tick-duration = 5us", "expected a duration")]
    [InlineData("akka.scheduler.ticks-per-wheel = 0", "1 or more")]
    [InlineData("akka.scheduler.implementation = none.Such", "expected a class that can be loaded")]
    [InlineData("akka.actor = 5", "expected a section in braces")]
    [InlineData("akka.actor = [1]", "expected a section in braces")]
    [InlineData("akka.actor.debug = on", "expected a section in braces")]
    [InlineData("akka.actor.debug.receive = sometimes", "expected on or off")]
    [InlineData("akka.actor.provider = nonsense", "expected one of local")]
    [InlineData("akka.actor.provider = remote", "expected one of local")]
    [InlineData("akka.actor.ask-timeout = soon", "expected infinite or a duration")]
    [InlineData("akka.actor.default-dispatcher.throughput = 0", "1 or more")]
    [InlineData("akka.actor.default-dispatcher.throughput = 99999999999", "1 or more")]
    [InlineData("akka.actor.default-dispatcher.type = Fast", "expected one of Dispatcher")]
    [InlineData("akka.actor.default-dispatcher.executor = fast", "expected one of default-executor")]
    [InlineData("akka.actor.default-dispatcher.fork-join-executor.parallelism-factor = wide", "expected a number")]
    [InlineData("akka.actor.internal-dispatcher = x", "expected a section in braces")]
    [InlineData("akka.actor.mine { type = Dispatcher, throughput = 0 }", "1 or more", "akka.actor.mine.throughput")]
    [InlineData("akka.actor.default-mailbox.mailbox-type = a.Mailbox", "expected a class that can be loaded")]
    [InlineData("akka.actor.deployment.\"/x\" = 5", "expected a section in braces", "akka.actor.deployment./x")]
    [InlineData("akka.actor.deployment.\"/x\" { nr-of-instances = none }", "1 or more", "akka.actor.deployment./x.nr-of-instances")]
    [InlineData("akka.actor.serializers.mine = \"No.Such, Thing\"", "expected a class that can be loaded")]
    [InlineData("akka.coordinated-shutdown.default-phase-timeout = never", "expected a duration")]
    [InlineData("akka.coordinated-shutdown.phases.service-stop.timeout = never", "expected a duration")]
    [InlineData("akka.coordinated-shutdown.phases.service-stop.depends-on = service-unbind", "expected a list of texts")]
    [InlineData("akka.io.tcp.receive-buffer-size = big", "expected a size")]
    [InlineData("akka.loglevle = INFO", "unknown key (did you mean \"loglevel\"?)")]
    [InlineData("akka.actor.default-dispatcher.througput = 5", "unknown key (did you mean \"throughput\"?)")]
    [InlineData("akka.schedulr.tick-duration = 5", "unknown key (did you mean \"scheduler\"?)", "akka.schedulr")]
    [InlineData("akka = 5", "expected a section in braces")]
    [InlineData("akka = [5]", "expected a section in braces")]
    [InlineData("actors = 5", "expected a section in braces")]
    [InlineData("actors.transport = 5", "expected a section in braces")]
    [InlineData("actors.transport.pollers = 0", "1 to 1024")]
    [InlineData("actors.transport.pollers = 1000000", "1 to 1024")]
    [InlineData("actors.transport.poller = 2", "unknown key (did you mean \"pollers\"?)")]
    [InlineData("actors.transport.poller-dispatcher.shutdown-timeout = 0s", "from 1 to")]
    public async Task A_mistake_is_found_by_the_check_and_by_the_start(string setting, string expected, string? key = null)
    {
        var file = _files.Write("host.conf", $"\n{setting}\n{Roles}");

        var found = await HostCommand.CheckAndStart(file);

        Assert.Equal(2, found.Code);
        var error = Assert.Single(found.Errors);
        Assert.StartsWith($"{file}:2: {key ?? setting.Split(" = ")[0]}: ", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("akka.loglevel = LOUD")]
    [InlineData("akka.loglevle = INFO")]
    [InlineData("akka = 5")]
    [InlineData("actors.transport.pollers = 0")]
    public async Task A_mistake_of_the_command_line_is_reported_as_one(string setting)
    {
        var assignment = setting.Replace(" = ", "=", StringComparison.Ordinal);

        var found = await HostCommand.CheckAndStart(_files.Write("host.conf", Roles), "--set", assignment);

        Assert.Equal(2, found.Code);
        Assert.StartsWith($"--set {assignment}: {setting.Split(" = ")[0]}: ", Assert.Single(found.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("akka.coordinated-shutdown.phases.service-stop.depends-on = [actor-system-terminate]", "Cycle detected")]
    public async Task What_no_type_tells_is_found_by_a_trial_of_the_actor_system(string setting, string expected)
    {
        var found = await HostCommand.CheckAndStart(_files.Write("host.conf", $"{setting}\n{Runnable}"));

        Assert.Equal(2, found.Code);
        Assert.Contains($"host.conf:1: akka: the actor system does not start with these settings: {expected}", Assert.Single(found.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("akka.cluster.roles = [a]", "akka.cluster", "a module that this host does not have")]
    [InlineData("akka.frobnicate = 5", "akka.frobnicate", "is no key of Akka")]
    [InlineData("akka.actor.creation-timeout = 5", "akka.actor.creation-timeout", "has no unit, and means milliseconds")]
    [InlineData("akka.scheduler.tick-duration = 20ms", "akka.scheduler.tick-duration", "is read by Akka's own scheduler")]
    public async Task What_may_be_meant_is_a_warning(string setting, string key, string expected)
    {
        var file = _files.Write("host.conf", $"{setting}\n{Runnable}");

        var found = await HostCommand.CheckAndStart(file);

        Assert.Equal(0, found.Code);
        var warning = Assert.Single(found.Errors);
        Assert.StartsWith($"{file}:1: warning: {key}: ", warning, StringComparison.Ordinal);
        Assert.Contains(expected, warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("akka.loglevel = info")]
    [InlineData("akka.loglevel = null")]
    [InlineData("akka.log-dead-letters = 5")]
    [InlineData("akka.actor { debug { unhandled = on }, default-dispatcher { throughput = 10, throughput-deadline-time = 0ms } }")]
    [InlineData("akka.actor.mine { type = PinnedDispatcher, executor = thread-pool-executor }")]
    [InlineData("akka.actor.deployment.\"/x\" { router = round-robin-pool, nr-of-instances = 3 }")]
    [InlineData("akka.actor.mailbox.mine { mailbox-type = \"Akka.Dispatch.UnboundedMailbox, Akka\" }")]
    [InlineData("akka.coordinated-shutdown.phases.mine { timeout = 5s, depends-on = [service-stop] }")]
    [InlineData("akka.scheduler { implementation = \"Akka.Actor.HashedWheelTimerScheduler, Akka\", tick-duration = 20 ms, ticks-per-wheel = 128 }")]
    [InlineData("akka.io.udp.received-message-size-limit = unlimited")]
    public async Task A_documented_setting_is_taken(string setting)
    {
        var found = await HostCommand.CheckAndStart(_files.Write("host.conf", $"{setting}\n{Runnable}"));

        Assert.Equal((0, ""), (found.Code, string.Join('\n', found.Errors)));
    }
}

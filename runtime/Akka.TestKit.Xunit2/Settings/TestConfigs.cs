using Akka.Configuration;

namespace Akka.TestKit.Configs;

/// <summary>The configurations that come with the TestKit.</summary>
public static class TestConfigs
{
    /// <summary>The settings <c>akka.test.*</c> and the logger that event filters need.</summary>
    public static Config DefaultConfig { get; } = ConfigurationFactory.ParseString(
        """
        akka {
          loggers = ["Akka.TestKit.TestEventListener, Akka.TestKit"]
          suppress-json-serializer-warning = true
          test {
            # All waits are multiplied by this, for machines that are slow or shared.
            timefactor = 1.0

            # How long an event filter waits, after its action is done, for the events that it expects.
            filter-leeway = 3s

            # How long ExpectMsg and its family wait where neither the call nor a Within block says so.
            single-expect-default = 3s

            # What DefaultTimeout is: for Ask, latches and barriers.
            default-timeout = 5s

            # Logs each wait of a TestKit and what it received, at level debug.
            testkit.debug = false

            calling-thread-dispatcher {
              type = "Akka.TestKit.CallingThreadDispatcherConfigurator, Akka.TestKit"
              throughput = 2147483647
            }
            test-actor.dispatcher {
              type = "Akka.TestKit.CallingThreadDispatcherConfigurator, Akka.TestKit"
              throughput = 2147483647
            }
          }
        }
        """);

    /// <summary>Replaces the scheduler by <see cref="TestScheduler"/>, whose time stands still until it is advanced.</summary>
    public static Config TestSchedulerConfig { get; } = ConfigurationFactory.ParseString(
        """
        akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
        """);
}

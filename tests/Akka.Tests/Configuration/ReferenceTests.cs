using Akka.Configuration;

namespace Akka.Tests.Configuration;

public class ReferenceTests
{
    [Fact]
    public void The_defaults_are_those_that_are_documented()
    {
        var config = ConfigurationFactory.Default();
        Assert.Equal("INFO", config.GetString("akka.loglevel"));
        Assert.Equal(Timeout.InfiniteTimeSpan, config.GetTimeSpan("akka.actor.ask-timeout"));
        Assert.Equal(30, config.GetInt("akka.actor.default-dispatcher.throughput"));
        Assert.Equal("akka.actor.mailbox.unbounded-queue-based", config.GetString("akka.actor.mailbox.requirements.\"Akka.Dispatch.IUnboundedMessageQueueSemantics\""));
        Assert.Equal(["before-service-unbind"], config.GetStringList("akka.coordinated-shutdown.phases.service-unbind.depends-on"));
        Assert.Equal(TimeSpan.FromMilliseconds(10), config.GetTimeSpan("akka.scheduler.tick-duration"));
        Assert.Same(config, ConfigurationFactory.Default());
    }

    [Fact]
    public void Without_a_section_of_the_host_there_is_nothing_to_load() => Assert.True(ConfigurationFactory.Load().IsEmpty);

    [Fact]
    public void A_missing_resource_is_named() =>
        Assert.Contains("no.conf", Assert.Throws<ConfigurationException>(() => ConfigurationFactory.FromResource<Config>("no.conf")).Message, StringComparison.Ordinal);
}

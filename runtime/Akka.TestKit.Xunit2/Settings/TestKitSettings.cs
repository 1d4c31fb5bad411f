using Akka.Actor;
using Akka.Configuration;

namespace Akka.TestKit;

/// <summary>The settings <c>akka.test</c> of a system.</summary>
public class TestKitSettings : IExtension
{
    /// <param name="config">The section <c>akka.test</c>.</param>
    public TestKitSettings(Config config)
    {
        if (config is null || config.IsEmpty)
        {
            throw ConfigurationException.NullOrEmptyConfig<TestKitSettings>("akka.test");
        }

        DefaultTimeout = config.GetTimeSpan("default-timeout", null, allowInfinite: false);
        SingleExpectDefault = config.GetTimeSpan("single-expect-default", null, allowInfinite: false);
        TestEventFilterLeeway = config.GetTimeSpan("filter-leeway", null, allowInfinite: false);
        TestTimeFactor = config.GetDouble("timefactor");
        LogTestKitCalls = config.GetBoolean("testkit.debug", false);

        if (!(TestTimeFactor > 0))
        {
            throw new ConfigurationException($"akka.test.timefactor is {TestTimeFactor}; it must be greater than 0.");
        }
    }

    public TimeSpan DefaultTimeout { get; }

    public TimeSpan SingleExpectDefault { get; }

    public TimeSpan TestEventFilterLeeway { get; }

    public double TestTimeFactor { get; }

    public bool LogTestKitCalls { get; }
}

public class TestKitExtension : ExtensionIdProvider<TestKitSettings>
{
    private static readonly TestKitExtension Id = new();

    public static TestKitSettings For(ActorSystem system) => Id.Get(system);

    public override TestKitSettings CreateExtension(ExtendedActorSystem system) =>
        new(system.Settings.Config.GetConfig("akka.test")!);
}

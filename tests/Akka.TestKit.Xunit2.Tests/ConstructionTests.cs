using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.TestKit.TestActors;

namespace Akka.TestKit.Tests;

public class ConstructionTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    [Fact]
    public void The_defaults_are_those_that_are_documented()
    {
        using var kit = new Xunit2.TestKit();

        Assert.Equal("test", kit.Sys.Name);
        Assert.Equal(TimeSpan.FromSeconds(3), kit.TestKitSettings.SingleExpectDefault);
        Assert.Equal(TimeSpan.FromSeconds(5), kit.TestKitSettings.DefaultTimeout);
        Assert.Equal(TimeSpan.FromSeconds(3), kit.TestKitSettings.TestEventFilterLeeway);
        Assert.Equal(1.0, kit.TestKitSettings.TestTimeFactor);
    }

    [Fact]
    public void A_configuration_overrides_the_defaults()
    {
        using var kit = new Xunit2.TestKit("akka.test.timefactor = 2.5");

        Assert.Equal(TimeSpan.FromSeconds(7.5), kit.RemainingOrDefault);
        Assert.Equal(TimeSpan.FromSeconds(5), kit.Dilated(TimeSpan.FromSeconds(2)));
        Assert.Equal(TimeSpan.FromSeconds(3), kit.TestKitSettings.SingleExpectDefault);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    public void A_time_factor_that_is_not_positive_is_refused(string factor)
    {
        var error = Assert.Throws<ConfigurationException>(() => new Xunit2.TestKit($"akka.test.timefactor = {factor}"));

        Assert.Contains("akka.test.timefactor", error.Message);
    }

    [Fact]
    public void A_setup_and_a_name_can_be_given()
    {
        var setup = ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig("my.key = 7"));
        using var kit = new Xunit2.TestKit(setup, "named");

        Assert.Equal("named", kit.Sys.Name);
        Assert.Equal(7, kit.Sys.Settings.Config.GetInt("my.key"));
    }

    [Fact]
    public void A_system_can_be_given_that_knows_nothing_of_the_TestKit()
    {
        var system = ActorSystem.Create("given");
        using var kit = new Xunit2.TestKit(system);

        var echo = kit.Sys.ActorOf(SimpleEchoActor.Props());
        echo.Tell("m", kit.TestActor);

        kit.ExpectMsg("m", Wait);
        Assert.Same(system, kit.Sys);
    }

    [Fact]
    public void Disposing_terminates_the_system()
    {
        var kit = new Xunit2.TestKit();

        kit.Dispose();
        kit.Dispose();

        Assert.True(kit.Sys.WhenTerminated.IsCompletedSuccessfully);
    }

    [Fact]
    public void Disposing_leaves_no_implicit_sender_on_the_thread()
    {
        new Xunit2.TestKit().Dispose();

        Assert.Null(InternalCurrentActorCellKeeper.Current);
    }

    [Fact]
    public void A_system_that_does_not_stop_fails_when_that_is_asked_for()
    {
        using var gate = new ManualResetEventSlim();
        using var started = new ManualResetEventSlim();
        using var kit = new Xunit2.TestKit();
        kit.Sys.ActorOf(Props.Create(() => new BlockedActor(started, gate)), "blocked").Tell("block");
        Assert.True(started.Wait(Wait), "The actor did not get its message.");

        var error = Assert.Throws<TimeoutException>(() => kit.Shutdown(TimeSpan.FromMilliseconds(100), verifySystemShutdown: true));
        gate.Set();

        Assert.Contains("Failed to stop [test] within 00:00:00.1", error.Message);
        Assert.Contains("blocked", error.Message);
    }

    private sealed class BlockedActor : ReceiveActor
    {
        public BlockedActor(ManualResetEventSlim started, ManualResetEventSlim gate)
        {
            ReceiveAny(_ =>
            {
                started.Set();
                if (!gate.Wait(Wait))
                {
                    throw new TimeoutException("The gate did not open.");
                }
            });
        }
    }

    [Fact]
    public async Task Systems_run_side_by_side()
    {
        var runs = Enumerable.Range(0, 8).Select(i => Task.Run(() =>
        {
            using var kit = new Xunit2.TestKit();
            var echo = kit.Sys.ActorOf(SimpleEchoActor.Props());
            echo.Tell(i);
            return kit.ExpectMsg<int>(Wait);
        }));

        Assert.Equal(Enumerable.Range(0, 8), await Task.WhenAll(runs));
    }

    [Fact]
    public void Both_assembly_names_reach_the_types()
    {
        Assert.Same(typeof(TestScheduler), Type.GetType("Akka.TestKit.TestScheduler, Akka.TestKit"));
        Assert.Same(typeof(TestScheduler), Type.GetType("Akka.TestKit.TestScheduler, Akka.TestKit.Xunit2"));
    }
}

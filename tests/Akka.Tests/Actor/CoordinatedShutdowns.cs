using Akka.Actor;
using Akka.Configuration;

namespace Akka.Tests.Actor;

public sealed class CoordinatedShutdowns : SystemTest
{
    public CoordinatedShutdowns()
        : base("""
            akka.coordinated-shutdown {
              run-by-clr-shutdown-hook = off
              phases {
                own { depends-on = [service-stop], timeout = 50ms }
                strict { depends-on = [own], recover = off }
                before-cluster-shutdown.depends-on = [strict]
              }
            }
            """)
    {
    }

    [Fact]
    public async Task Phases_run_in_the_order_of_their_dependencies_when_the_system_terminates()
    {
        var order = new List<string>();
        var shutdown = CoordinatedShutdown.Get(Sys);
        Add(shutdown, "own", order);
        Add(shutdown, CoordinatedShutdown.PhaseBeforeServiceUnbind, order);
        Add(shutdown, CoordinatedShutdown.PhaseBeforeActorSystemTerminate, order);
        Add(shutdown, CoordinatedShutdown.PhaseServiceStop, order);
        await Sys.Terminate().Within("the end");
        Assert.Equal(["before-service-unbind", "service-stop", "own", "before-actor-system-terminate"], order);
        Assert.Same(CoordinatedShutdown.ActorSystemTerminateReason.Instance, shutdown.ShutdownReason);
    }

    [Fact]
    public async Task Run_ends_the_system_and_keeps_the_first_reason()
    {
        var shutdown = CoordinatedShutdown.Get(Sys);
        var first = shutdown.Run(CoordinatedShutdown.UnknownReason.Instance);
        var second = shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance);
        Assert.Equal(Done.Instance, await first.Within("the phases"));
        await second.Within("the phases");
        Assert.True(Sys.WhenTerminated.IsCompleted);
        Assert.Same(CoordinatedShutdown.UnknownReason.Instance, shutdown.ShutdownReason);
    }

    [Fact]
    public async Task A_run_can_start_at_a_phase()
    {
        var order = new List<string>();
        var shutdown = CoordinatedShutdown.Get(Sys);
        Add(shutdown, "own", order);
        Add(shutdown, CoordinatedShutdown.PhaseServiceStop, order);
        await shutdown.Run(CoordinatedShutdown.UnknownReason.Instance, "own").Within("the phases");
        Assert.Equal(["own"], order);
    }

    [Fact]
    public async Task A_task_that_fails_or_takes_too_long_does_not_stop_the_others()
    {
        var order = new List<string>();
        var shutdown = CoordinatedShutdown.Get(Sys);
        shutdown.AddTask("own", "fails", () => Task.FromException<Done>(new ApplicationException("fails")));
        shutdown.AddTask("own", "hangs", () => new TaskCompletionSource<Done>(TaskCreationOptions.RunContinuationsAsynchronously).Task);
        Add(shutdown, CoordinatedShutdown.PhaseBeforeActorSystemTerminate, order);
        await Sys.Terminate().Within("the end");
        Assert.Equal(["before-actor-system-terminate"], order);
    }

    [Fact]
    public async Task A_phase_without_recover_ends_the_run()
    {
        var system = ActorSystem.Create("strict", Sys.Settings.Config);
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask("strict", "fails", () => Task.FromException<Done>(new ApplicationException("strict")));
        var failure = await Assert.ThrowsAsync<ApplicationException>(() => shutdown.Run(CoordinatedShutdown.UnknownReason.Instance).Within("the phases"));
        Assert.Equal("strict", failure.Message);
        Assert.False(system.WhenTerminated.IsCompleted);
        await system.Terminate().Within("the end, which Terminate brings in any case");
    }

    [Fact]
    public void An_unknown_phase_is_an_error_that_names_the_known_ones()
    {
        var failure = Assert.Throws<ConfigurationException>(() => CoordinatedShutdown.Get(Sys).AddTask("nowhere", "task", () => Task.FromResult(Done.Instance)));
        Assert.Contains("nowhere", failure.Message);
        Assert.Contains("service-stop", failure.Message);
    }

    [Fact]
    public void Timeouts_come_from_the_configuration()
    {
        var shutdown = CoordinatedShutdown.Get(Sys);
        Assert.Equal(TimeSpan.FromMilliseconds(50), shutdown.Timeout("own"));
        Assert.Equal(TimeSpan.FromSeconds(5), shutdown.Timeout(CoordinatedShutdown.PhaseServiceStop));
    }

    [Fact]
    public void Phases_in_a_circle_are_refused()
    {
        var failure = Assert.Throws<ArgumentException>(() => ActorSystem.Create("circle", """
            akka { stdout-loglevel = OFF, loglevel = OFF, coordinated-shutdown.phases { a.depends-on = [b], b.depends-on = [a] } }
            """));
        Assert.Contains("Cycle", failure.Message);
    }

    private static void Add(CoordinatedShutdown shutdown, string phase, List<string> order) => shutdown.AddTask(phase, "note", () =>
    {
        lock (order)
            order.Add(phase);
        return Task.FromResult(Done.Instance);
    });
}

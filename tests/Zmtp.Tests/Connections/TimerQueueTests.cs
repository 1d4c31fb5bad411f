using Actors.Zmtp.Io;

namespace Actors.Zmtp.Tests.Connections;

public class TimerQueueTests
{
    private sealed class Owner : IFaultHandler
    {
        public List<string> Faults { get; } = [];

        public void OnFault(Exception fault) => Faults.Add(fault.Message);
    }

    [Fact]
    public void Timers_of_connections_that_ended_early_do_not_gather()
    {
        TimerQueue timers = new();
        Owner owner = new();
        for (int i = 0; i < 10_000; i++)
        {
            timers.Start(TimeSpan.FromHours(1), owner, () => { }).Cancel();
            Assert.InRange(timers.Count, 0, 600);
        }

        int ran = 0;
        timers.Start(TimeSpan.Zero, owner, () => ran++);
        Assert.Equal(-1, Math.Sign(timers.RunDue()));
        Assert.Equal(1, ran);
        Assert.Equal(0, timers.Count);
    }

    [Fact]
    public void What_a_callback_throws_goes_to_its_owner_and_the_others_run()
    {
        TimerQueue timers = new();
        Owner owner = new();
        int ran = 0;
        timers.Start(TimeSpan.Zero, owner, () => throw new InvalidOperationException("one"));
        timers.Start(TimeSpan.Zero, owner, () => ran++);
        timers.Start(TimeSpan.Zero, owner, () => throw new InvalidOperationException("two"));
        timers.RunDue();
        Assert.Equal(["one", "two"], owner.Faults.Order());
        Assert.Equal(1, ran);
    }

    [Fact]
    public void A_timer_that_was_cancelled_by_another_does_not_run()
    {
        TimerQueue timers = new();
        Owner owner = new();
        int ran = 0;
        ReactorTimer? second = null;
        timers.Start(TimeSpan.Zero, owner, () => second!.Cancel());
        second = timers.Start(TimeSpan.FromMilliseconds(1), owner, () => ran++);
        Assert.True(SpinWait.SpinUntil(() => timers.RunDue() < 0, TimeSpan.FromSeconds(10)), "The timers were not run.");
        Assert.Equal(0, ran);
    }
}

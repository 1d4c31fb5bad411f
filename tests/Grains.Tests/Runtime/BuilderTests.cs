using Actors.Grains;

namespace Grains.Tests.Runtime;

public sealed class BuilderTests
{
    [Fact]
    public void A_kind_with_a_state_or_with_reminders_needs_a_store()
    {
        Assert.Contains("Counter has a state and the grains have no store", Failure(grains => grains.Add<Counter>()));
        Assert.Contains("Sleeper takes reminders and the grains have no store", Failure(grains => grains.Add<Sleeper>()));
        new GrainsBuilder().Add<Sleeper>().StoreIn.Memory().Build();
        new GrainsBuilder().Add<Stepper>().Build();

        static string Failure(Action<GrainsBuilder> configure)
        {
            var grains = new GrainsBuilder();
            configure(grains);
            return Assert.Throws<ArgumentException>(() => grains.Build()).Message;
        }
    }
}

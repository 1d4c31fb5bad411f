using Akka.Actor;
using Akka.TestKit.TestActors;

namespace Akka.TestKit.Tests;

public class AsyncLifetimeTests : Xunit2.TestKit, IAsyncLifetime
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    private IActorRef _echo = null!;

    public async Task InitializeAsync()
    {
        _echo = Sys.ActorOf(SimpleEchoActor.Props());
        await Task.Yield();
        _echo.Tell("from the initialization");
        await ExpectMsgFromAsync(_echo, "from the initialization", Wait);
    }

    public async Task DisposeAsync()
    {
        await _echo.GracefulStop(Wait);
        Assert.False(Sys.WhenTerminated.IsCompleted);
    }

    [Fact]
    public async Task An_async_initialization_comes_before_the_test_and_its_end_before_that_of_the_system()
    {
        _echo.Tell("from the test", TestActor);

        await ExpectMsgFromAsync(_echo, "from the test", Wait);
    }
}

using Akka.Actor;
using Akka.TestKit.TestActors;

namespace Akka.TestKit.Tests;

public class ImplicitSenderTests : Xunit2.TestKit
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    [Fact]
    public void What_a_test_tells_has_the_test_actor_as_sender()
    {
        var echo = Sys.ActorOf(SimpleEchoActor.Props());

        echo.Tell("hello");

        ExpectMsgFrom(echo, "hello", Wait);
    }

    [Fact]
    public async Task It_stays_so_behind_an_await()
    {
        var echo = Sys.ActorOf(SimpleEchoActor.Props());
        for (var i = 0; i < 5; i++)
        {
            echo.Tell(i);
            await ExpectMsgFromAsync(echo, i, Wait);
            await Task.Run(() => { });
        }
    }

    [Fact]
    public void A_probe_in_between_does_not_change_it()
    {
        CreateTestProbe();
        var echo = Sys.ActorOf(SimpleEchoActor.Props());

        echo.Tell("hello");

        ExpectMsg("hello", Wait);
    }
}

public class NoImplicitSenderTests : Xunit2.TestKit, INoImplicitSender
{
    [Fact]
    public void Without_an_implicit_sender_the_dead_letters_are_answered()
    {
        var echo = Sys.ActorOf(SimpleEchoActor.Props());

        EventFilter.DeadLetter<string>(text => text == "hello").ExpectOne(() => echo.Tell("hello"));
    }
}

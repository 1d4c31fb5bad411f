using Actors.Transport;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using Xunit;

/// <summary>A handler is tested like any actor, without a socket.</summary>
public sealed class HandlerTest : TestKit
{
    [Fact]
    public void The_handler_answers_in_upper_case()
    {
        var handler = Sys.ActorOf(Props.Create(() => new UpperCase()));

        handler.Tell(Message.FromText("hello"), TestActor);

        Assert.Equal("HELLO", ExpectMsg<Message>().Text());
    }
}

internal sealed class UpperCase : ReceiveActor
{
    public UpperCase() => Receive<Message>(request => Sender.Tell(Message.FromText(request.Text().ToUpperInvariant())));
}

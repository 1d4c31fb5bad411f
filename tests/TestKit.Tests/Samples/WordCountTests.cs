#region handler
using Actors;
using Actors.TestKit;
using Actors.Transport;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using Xunit;

namespace WordCount;

/// <summary>Counts the words of each line that it pulls, and tells the count on.</summary>
public sealed class WordCounter : ReceiveActor
{
    public WordCounter(IActorRef totals) =>
        Receive<Message>(line => totals.Tell(line.Text().Split(' ', StringSplitOptions.RemoveEmptyEntries).Length));
}
#endregion

#region test
public sealed class WordCounterTests() : TestKit(SimulatedNetwork.Config)
{
    [Fact]
    public void It_counts_the_words_of_a_line()
    {
        var network = SimulatedNetwork.Of(Sys);
        var settings = new PullSettings { Name = "lines", Socket = new SocketSettings { Bind = ["tcp://*:5558"] } };
        Sys.ActorOf(PullRole.Props(settings, Props.Create(() => new WordCounter(TestActor))));

        var source = network.Socket("lines").Connect();
        source.Send(Message.FromText("a line of five words"));

        ExpectMsg(5);
    }
}
#endregion

#region time
public sealed class QuestionTests() : TestKit(VirtualTime.Config)
{
    [Fact]
    public void A_question_without_an_answer_ends_after_a_minute()
    {
        var time = VirtualTime.Of(Sys);
        var network = SimulatedNetwork.Of(Sys);
        var settings = new RequestSettings
        {
            Name = "asking",
            Socket = new SocketSettings { Connect = ["tcp://oracle:5555"] },
            Timeout = TimeSpan.FromMinutes(1),
        };
        var asking = Sys.ActorOf(RequestRole.Props(settings));
        var oracle = network.Socket("asking").Connect();

        asking.Tell(Message.FromText("why?"), TestActor);
        Assert.Equal(Message.FromText("", "why?"), oracle.Expect());
        time.Advance(TimeSpan.FromSeconds(59));
        ExpectNoMsg(TimeSpan.Zero);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.IsType<RequestTimeoutException>(ExpectMsg<Status.Failure>().Cause);
    }
}
#endregion

using NetMQ.Sockets;

namespace NetMQ.Tests.Actors;

public class NetMQActorTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static void Echo(PairSocket shim)
    {
        shim.SignalOK();
        while (true)
        {
            var message = shim.ReceiveMultipartMessage();
            if (message.First.ConvertToString() == NetMQActor.EndShimMessage)
                return;
            shim.SendMultipartMessage(message);
        }
    }

    [Fact]
    public void An_actor_answers_from_its_own_thread()
    {
        using var actor = NetMQActor.Create(Echo);
        actor.SendMoreFrame("a").SendFrame("b");
        Assert.Equal(["a", "b"], actor.ReceiveMultipartStrings());
    }

    [Fact]
    public void An_action_gets_its_state()
    {
        using var actor = NetMQActor.Create(
            (shim, state) =>
            {
                shim.SignalOK();
                shim.SendFrame(state);
                shim.SkipFrame();
            },
            "the state");
        Assert.Equal("the state", actor.ReceiveFrameString());
    }

    [Fact]
    public void A_handler_runs_until_the_actor_is_disposed()
    {
        var handler = new Handler();
        var actor = NetMQActor.Create(handler);
        Assert.False(handler.Ended);
        actor.Dispose();
        Assert.True(handler.Ended);
        Assert.True(actor.IsDisposed);
        actor.Dispose();
    }

    [Fact]
    public void Disposing_waits_for_work_that_still_talks()
    {
        var actor = NetMQActor.Create(shim =>
        {
            shim.SignalOK();
            shim.SkipFrame();
            for (var i = 0; i < 10_000; i++)
                shim.SendFrame("last words");
        });
        actor.Dispose();
        Assert.True(actor.IsDisposed);
    }

    [Fact]
    public void Work_that_ended_by_itself_is_no_trouble()
    {
        var actor = NetMQActor.Create(shim => shim.SignalOK());
        actor.Dispose();
        NetMQActor.Create(static _ => { }).Dispose();
    }

    [Fact]
    public void A_poller_serves_an_actor()
    {
        using var actor = NetMQActor.Create(Echo);
        using var poller = new NetMQPoller { actor };
        using var received = new ManualResetEventSlim();
        var text = "";
        actor.ReceiveReady += (_, e) =>
        {
            text = e.Actor.ReceiveFrameString();
            received.Set();
        };
        actor.SendFrame("hello");
        poller.RunAsync();
        Assert.True(received.Wait(Patience), "the event of the actor did not come");
        Assert.Equal("hello", text);
        poller.Stop();
    }

    private sealed class Handler : IShimHandler
    {
        public bool Ended { get; private set; }

        public void Run(PairSocket shim)
        {
            shim.SignalOK();
            while (shim.ReceiveFrameString() != NetMQActor.EndShimMessage)
            {
            }

            Ended = true;
        }
    }
}

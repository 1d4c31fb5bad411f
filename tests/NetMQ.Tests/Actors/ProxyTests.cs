using NetMQ.Sockets;
using NetMQ.Tests.Interop;

namespace NetMQ.Tests.Actors;

public class ProxyTests
{
    [Fact]
    public async Task A_queue_passes_requests_and_replies()
    {
        using var front = new RouterSocket("@inproc://queue-front");
        using var back = new DealerSocket("@inproc://queue-back");
        var proxy = new Proxy(front, back);
        var running = Task.Factory.StartNew(proxy.Start, TaskCreationOptions.LongRunning);

        using (var client = new RequestSocket(">inproc://queue-front"))
        using (var server = new ResponseSocket(">inproc://queue-back"))
        {
            for (var i = 0; i < 3; i++)
            {
                Expect.Sent(client, "61,62");
                Expect.Message(server, "61,62");
                Expect.Sent(server, "63");
                Expect.Message(client, "63");
            }
        }

        proxy.Stop();
        await running.WaitAsync(Expect.Patience);
    }

    [Fact]
    public async Task A_forwarder_passes_subscriptions_up_and_messages_down()
    {
        using var front = new XSubscriberSocket("@inproc://forwarder-front");
        using var back = new XPublisherSocket("@inproc://forwarder-back");
        var proxy = new Proxy(front, back);
        var running = Task.Factory.StartNew(proxy.Start, TaskCreationOptions.LongRunning);

        using (var publisher = new XPublisherSocket(">inproc://forwarder-front"))
        using (var subscriber = new SubscriberSocket(">inproc://forwarder-back"))
        {
            subscriber.Subscribe("a");
            Expect.Message(publisher, "0161");
            Expect.Sent(publisher, "62,01");
            Expect.Sent(publisher, "61,02");
            Expect.Message(subscriber, "61,02");
        }

        proxy.Stop();
        await running.WaitAsync(Expect.Patience);
    }

    [Fact]
    public void A_streamer_on_a_poller_of_others_shows_what_passes()
    {
        using var front = new PullSocket("@inproc://streamer-front");
        using var back = new PushSocket("@inproc://streamer-back");
        using var capture = new PushSocket("@inproc://streamer-capture");
        using var push = new PushSocket(">inproc://streamer-front");
        using var pull = new PullSocket(">inproc://streamer-back");
        using var seen = new PullSocket(">inproc://streamer-capture");
        using var poller = new NetMQPoller { front, back };
        var proxy = new Proxy(front, back, capture, poller);
        proxy.Start();
        poller.RunAsync();

        Expect.Sent(push, "61,,62");
        Expect.Message(pull, "61,,62");
        Expect.Message(seen, "61,,62");

        proxy.Stop();
        poller.Stop();
    }

    [Fact]
    public void Starting_twice_and_stopping_before_the_start_are_refused()
    {
        using var front = new PullSocket("@inproc://refused-front");
        using var back = new PushSocket("@inproc://refused-back");
        using var poller = new NetMQPoller { front, back };
        var proxy = new Proxy(front, back, null, poller);
        Assert.Throws<InvalidOperationException>(proxy.Stop);
        proxy.Start();
        Assert.Throws<InvalidOperationException>(proxy.Start);
        proxy.Stop();
        proxy.Start();
    }
}

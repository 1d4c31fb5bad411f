
namespace Actors.Zmtp.Tests.Sockets;

public class PublishSubscribeTests
{
    public static TheoryData<string> Endpoints => new("tcp://127.0.0.1:0", "inproc://publish-subscribe");

    [Theory]
    [MemberData(nameof(Endpoints))]
    public void A_subscriber_receives_what_begins_with_its_topics(string endpoint)
    {
        using XPublisherSocket publisher = new();
        publisher.Bind(endpoint);
        using SubscriberSocket subscriber = new();
        subscriber.Connect(publisher.Options.LastEndpoint!);
        subscriber.Subscribe("a");
        subscriber.Subscribe("bc");
        Assert.Equal(["\u0001a"], publisher.ReceiveText());
        Assert.Equal(["\u0001bc"], publisher.ReceiveText());

        foreach (string topic in (string[])["b", "a", "x", "bcd", "", "ab"])
        {
            publisher.SendText(topic, "body of " + topic);
        }

        Assert.Equal(["a", "body of a"], subscriber.ReceiveText());
        Assert.Equal(["bcd", "body of bcd"], subscriber.ReceiveText());
        Assert.Equal(["ab", "body of ab"], subscriber.ReceiveText());

        subscriber.Unsubscribe("a");
        Assert.Equal(["\0a"], publisher.ReceiveText());
        publisher.SendText("a");
        publisher.SendText("bc");
        Assert.Equal(["bc"], subscriber.ReceiveText());
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public void A_publisher_is_told_what_was_subscribed_to_before_in_the_order_of_its_octets(string endpoint)
    {
        using XPublisherSocket publisher = new();
        publisher.Bind(endpoint);
        using SubscriberSocket subscriber = new();
        string[] topics = ["b", "", "c", "ab", "a"];
        foreach (string topic in topics)
        {
            subscriber.Subscribe(topic);
        }

        subscriber.Connect(publisher.Options.LastEndpoint!);
        foreach (string topic in topics.Order(StringComparer.Ordinal))
        {
            Assert.Equal(["\u0001" + topic], publisher.ReceiveText());
        }
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public void All_subscribers_receive_the_same_and_large_frames_are_shared(string endpoint)
    {
        using XPublisherSocket publisher = new();
        publisher.Options.XPubVerbose = true;
        publisher.Bind(endpoint);
        SubscriberSocket[] subscribers = [new(), new(), new()];
        foreach (SubscriberSocket subscriber in subscribers)
        {
            subscriber.Connect(publisher.Options.LastEndpoint!);
            subscriber.SubscribeToAnyTopic();
            Assert.Equal(["\u0001"], publisher.ReceiveText());
        }

        string large = new('x', 100_000);
        for (int i = 0; i < 20; i++)
        {
            publisher.SendText(i.ToString(), large, "end");
        }

        foreach (SubscriberSocket subscriber in subscribers)
        {
            for (int i = 0; i < 20; i++)
            {
                Assert.Equal([i.ToString(), large, "end"], subscriber.ReceiveText());
            }

            subscriber.Dispose();
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void With_XPubNoDrop_a_message_waits_for_the_slowest_subscriber(bool noDrop)
    {
        const int sent = 100;
        using XPublisherSocket publisher = new();
        publisher.Options.XPubNoDrop = noDrop;
        publisher.Options.SendHighWatermark = 10;
        publisher.Bind($"inproc://no-drop-{noDrop}");
        using SubscriberSocket slow = new();
        slow.Options.ReceiveHighWatermark = 10;
        slow.Connect($"inproc://no-drop-{noDrop}");
        slow.SubscribeToAnyTopic();
        Assert.Equal(["\u0001"], publisher.ReceiveText());

        int refused = 0;
        int received = 0;
        for (int i = 0; i < sent;)
        {
            if (publisher.TrySendText(i.ToString()))
            {
                i++;
                continue;
            }

            refused++;
            Assert.Equal([received.ToString()], slow.ReceiveText());
            received++;
        }

        while (slow.TryReceiveFrameString(out string? text))
        {
            Assert.Equal(received.ToString(), text);
            received++;
        }

        Assert.Equal(noDrop, refused > 0);
        Assert.Equal(noDrop ? sent : 20, received);
    }

    [Fact]
    public void Subscriptions_are_told_again_after_a_lost_connection()
    {
        XPublisherSocket first = new();
        int port = first.BindRandomPort("tcp://127.0.0.1");
        using SubscriberSocket subscriber = new();
        subscriber.Options.ReconnectInterval = TimeSpan.FromMilliseconds(20);
        subscriber.Subscribe("kept");
        subscriber.Subscribe("gone");
        subscriber.Connect($"tcp://127.0.0.1:{port}");
        first.ReceiveText();
        first.ReceiveText();
        subscriber.Unsubscribe("gone");
        Assert.Equal(["\0gone"], first.ReceiveText());
        first.Dispose();

        using XPublisherSocket second = new();
        second.Bind($"tcp://127.0.0.1:{port}");
        Assert.Equal(["\u0001kept"], second.ReceiveText());
        second.SendText("kept");
        Assert.Equal(["kept"], subscriber.ReceiveText());
    }

    [Fact]
    public void A_manual_publisher_decides_on_subscriptions()
    {
        using XPublisherSocket publisher = new();
        publisher.Options.ManualPublisher = true;
        int port = publisher.BindRandomPort("tcp://127.0.0.1");
        using SubscriberSocket subscriber = new();
        subscriber.Connect($"tcp://127.0.0.1:{port}");
        subscriber.Subscribe("wanted");
        Assert.Equal(["\u0001wanted"], publisher.ReceiveText());
        publisher.Subscribe("given");
        subscriber.Subscribe("given");

        publisher.SendText("wanted");
        publisher.SendText("given");
        Assert.Equal(["given"], subscriber.ReceiveText());
    }

    [Fact]
    public void A_welcome_message_greets_each_subscriber()
    {
        using XPublisherSocket publisher = new();
        publisher.SetWelcomeMessage("welcome"u8.ToArray());
        int port = publisher.BindRandomPort("tcp://127.0.0.1");
        using SubscriberSocket subscriber = new();
        subscriber.Subscribe("welcome");
        subscriber.Connect($"tcp://127.0.0.1:{port}");
        Assert.Equal("\u0001welcome", publisher.ReceiveText()[0]);
        Assert.Equal(["welcome"], subscriber.ReceiveText());
    }

    [Fact]
    public void An_xsub_subscribes_by_sending_and_can_talk_upstream()
    {
        using XPublisherSocket publisher = new();
        int port = publisher.BindRandomPort("tcp://127.0.0.1");
        using XSubscriberSocket subscriber = new();
        subscriber.Connect($"tcp://127.0.0.1:{port}");
        subscriber.SendText("\u0001topic");
        Assert.Equal(["\u0001topic"], publisher.ReceiveText());
        subscriber.SendText("upstream", "message");
        Assert.Equal("upstream", publisher.ReceiveText()[0]);
        publisher.SendText("topic", "news");
        Assert.Equal(["topic", "news"], subscriber.ReceiveText());
    }

    [Fact]
    public void A_publisher_without_subscribers_sends_into_the_void()
    {
        using PublisherSocket publisher = new();
        publisher.BindRandomPort("tcp://127.0.0.1");
        publisher.SendText("nobody", "hears");
        Assert.True(publisher.HasOut);
        Assert.Throws<NotSupportedException>(() => publisher.TryReceiveText());
    }

    [Fact]
    public void A_full_subscriber_misses_messages_and_the_publisher_goes_on()
    {
        using XPublisherSocket publisher = new();
        publisher.Options.SendHighWatermark = 10;
        int port = publisher.BindRandomPort("tcp://127.0.0.1");
        using SubscriberSocket subscriber = new();
        subscriber.Options.ReceiveHighWatermark = 10;
        subscriber.Connect($"tcp://127.0.0.1:{port}");
        subscriber.SubscribeToAnyTopic();
        publisher.ReceiveText();
        string body = new('x', 10_000);
        for (int i = 0; i < 5000; i++)
        {
            publisher.SendText(i.ToString(), body);
        }

        int received = 0;
        int last = -1;
        while (last != 4999 && subscriber.Poll(PollEvents.PollIn, TimeSpan.FromMilliseconds(500)).HasIn())
        {
            int number = int.Parse(subscriber.ReceiveText()[0]);
            Assert.True(number > last, $"Message {number} came after {last}.");
            last = number;
            received++;
        }

        Assert.InRange(received, 1, 4999);
    }
}

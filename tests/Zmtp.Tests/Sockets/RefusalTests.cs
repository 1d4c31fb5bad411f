using Actors.Zmtp.Tests.BytePeer;

namespace Actors.Zmtp.Tests.Sockets;

/// <summary>A peer that takes too much is told so, and comes again at intervals that grow.</summary>
public class RefusalTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_subscriber_of_too_many_topics_is_refused_both_ends_are_told_and_it_backs_off(bool curve)
    {
        CurveKeyPair keys = new();
        using PublisherSocket publisher = new();
        publisher.Options.MaxSubscriptions = 10;
        using SubscriberSocket subscriber = new();
        if (curve)
        {
            publisher.Options.CurveServer = true;
            publisher.Options.CurveKeys = keys;
            subscriber.Options.CurveKeys = new CurveKeyPair();
            subscriber.Options.CurveServerKey = keys.PublicKey;
        }

        using EventRecorder here = new(publisher, SocketEvents.Disconnected);
        int port = publisher.BindRandomPort("tcp://127.0.0.1");
        for (int i = 0; i < 11; i++)
        {
            subscriber.Subscribe($"topic {i}");
        }

        subscriber.Options.ReconnectInterval = TimeSpan.FromMilliseconds(10);
        subscriber.Options.ReconnectIntervalMax = TimeSpan.FromMilliseconds(50);
        using EventRecorder there = new(subscriber, SocketEvents.Disconnected | SocketEvents.ConnectRetried);
        subscriber.Connect($"tcp://127.0.0.1:{port}");
        using ZmqPoller poller = new() { publisher };
        poller.RunAsync();
        foreach (int interval in (int[])[10, 20, 40, 50, 50])
        {
            SocketEvent refused = here.Next(SocketEvents.Disconnected);
            Assert.Contains("11 topics, MaxSubscriptions allows 10", refused.Reason, StringComparison.Ordinal);
            Assert.True(refused.IsRefusal);
            Assert.StartsWith("tcp://127.0.0.1:", refused.PeerAddress, StringComparison.Ordinal);
            SocketEvent told = there.Next(SocketEvents.Disconnected);
            Assert.Contains("this_subscriber_subscribes_to_11_topics,_MaxSubscriptions_allows_10", told.Reason, StringComparison.Ordinal);
            Assert.True(told.IsRefusal);
            Assert.Equal(TimeSpan.FromMilliseconds(interval), there.Next(SocketEvents.ConnectRetried).Interval);
        }
    }

    [Fact]
    public void A_peer_that_ends_each_connection_after_its_handshake_is_asked_again_at_intervals_that_grow()
    {
        using RawListener listener = new();
        using PushSocket ours = new();
        ours.Options.Linger = TimeSpan.Zero;
        ours.Options.ReconnectInterval = TimeSpan.FromMilliseconds(10);
        ours.Options.ReconnectIntervalMax = TimeSpan.FromMilliseconds(50);
        using EventRecorder events = new(ours, SocketEvents.ConnectRetried);
        ours.Connect(listener.Endpoint);
        foreach (int interval in (int[])[10, 20, 40, 50, 50])
        {
            using (RawPeer peer = RawPeer.Accept(listener))
            {
                peer.Handshake("PULL");
            }

            Assert.Equal(TimeSpan.FromMilliseconds(interval), events.Next(SocketEvents.ConnectRetried).Interval);
        }
    }

    [Fact]
    public void A_connection_that_has_served_lets_the_interval_begin_anew()
    {
        using RawListener listener = new();
        using PullSocket ours = new();
        ours.Options.ReconnectInterval = TimeSpan.FromMilliseconds(10);
        ours.Options.ReconnectIntervalMax = TimeSpan.FromMilliseconds(500);
        using EventRecorder events = new(ours, SocketEvents.ConnectRetried);
        ours.Connect(listener.Endpoint);
        for (int i = 0; i < 3; i++)
        {
            using (RawPeer peer = RawPeer.Accept(listener))
            {
                peer.Handshake("PUSH");
                peer.Send("00 01 61");
                Assert.Equal(["a"], ours.ReceiveText());
            }

            Assert.Equal(TimeSpan.FromMilliseconds(10), events.Next(SocketEvents.ConnectRetried).Interval);
        }
    }
}

using Actors.Zmtp.Tests.Interop;

namespace Actors.Zmtp.Tests.BytePeer;

/// <summary>Subscriptions on the wire, which are commands in ZMTP 3.1 and messages before.</summary>
public class SubscriptionBytesTests
{
    [Fact]
    public void A_subscriber_sends_commands_to_a_publisher_of_ZMTP_3_1()
    {
        using var ours = new SubscriberSocket();
        ours.Subscribe("ab");
        using var peer = RawPeer.ConnectTo(ours);
        peer.Handshake("PUB");
        peer.Expect("04 0c 09 535542534352494245 6162");
        ours.Unsubscribe("ab");
        peer.Expect("04 09 06 43414e43454c 6162");
    }

    [Fact]
    public void A_subscriber_sends_messages_to_a_publisher_of_ZMTP_3_0()
    {
        using var ours = new SubscriberSocket();
        ours.Subscribe("ab");
        using var peer = RawPeer.ConnectTo(ours);
        peer.Handshake("PUB", minor: 0);
        peer.Expect("00 03 01 6162");
        ours.Unsubscribe("ab");
        peer.Expect("00 03 00 6162");
    }

    [Fact]
    public void A_subscriber_sends_messages_to_a_publisher_of_ZMTP_2()
    {
        using var ours = new SubscriberSocket();
        ours.Subscribe("ab");
        using var peer = RawPeer.ConnectTo(ours);
        peer.Expect(RawPeer.FirstPart);
        peer.Send("ff 0000000000000000 7f 01 01 00 00");
        peer.Expect("02 00 00");
        peer.Expect("00 03 01 6162");
        peer.Send("00 03 616263");
        Expect.Message(ours, "616263");
    }

    [Fact]
    public void A_publisher_that_comes_later_is_told_the_subscriptions_in_the_order_of_their_octets()
    {
        using var ours = new SubscriberSocket();
        foreach (var prefix in new[] { "b", "", "c", "ab", "a" }) ours.Subscribe(prefix);
        using var peer = RawPeer.ConnectTo(ours);
        peer.Handshake("PUB", minor: 0);
        peer.Expect("00 01 01 00 02 01 61 00 03 01 6162 00 02 01 62 00 02 01 63");
    }

    [Theory]
    [InlineData(1, "04 0b 09 535542534352494245 61", "04 08 06 43414e43454c 61")]
    [InlineData(1, "00 02 01 61", "00 02 00 61")]
    [InlineData(0, "00 02 01 61", "00 02 00 61")]
    public void A_publisher_understands_subscriptions_as_commands_and_as_messages(int minor, string subscribe, string cancel)
    {
        using var ours = new XPublisherSocket();
        using var peer = RawPeer.ConnectTo(ours);
        peer.Handshake("SUB", minor);
        peer.Send(subscribe);
        Expect.Message(ours, "0161");
        Expect.Sent(ours, "62,01");
        Expect.Sent(ours, "6162,02");
        peer.Expect("01 02 6162 00 01 02");
        peer.Send(cancel);
        Expect.Message(ours, "0061");
    }

    [Fact]
    public void What_a_new_connection_subscribes_to_stays_when_it_is_read_before_the_socket_hears_of_the_connection()
    {
        using var listener = new RawListener();
        using var ours = new XPublisherSocket();
        ours.Options.ReconnectInterval = TimeSpan.FromMilliseconds(10);
        ours.Connect(listener.Endpoint);
        using (var first = RawPeer.Accept(listener))
        {
            first.Handshake("SUB");
            first.Send("00 02 01 61");
            Expect.Message(ours, "0161");
        }

        using var second = RawPeer.Accept(listener);
        second.Handshake("SUB");
        second.Send("00 02 01 62");
        second.WaitUntilTaken();
        // As when the socket's thread is still busy with what the first connection said.
        ours.Core.Pattern.Readable(ours.Core.Pipes.Find(_ => true)!);

        Expect.Message(ours, "0061");
        Expect.Message(ours, "0162");
        Expect.Sent(ours, "61");
        Expect.Sent(ours, "62");
        second.Expect("00 01 62");
    }
}

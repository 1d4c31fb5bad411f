
namespace Actors.Zmtp.Tests.Interop;

public class PublishSubscribeInteropTests
{
    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_PUB_sends_their_SUB_what_it_subscribed_to(bool weBind)
    {
        using var theirs = PythonPeer.Start("SUB");
        theirs.Set("SUBSCRIBE", "61");
        using var ours = new PublisherSocket();
        Link.Up(ours, theirs, weBind);
        Link.Repeat(
            () =>
            {
                Expect.Sent(ours, "6173");
                return theirs.Receive(100) == "6173";
            },
            "message at their SUB");

        Expect.Sent(ours, "62,01");
        Expect.Sent(ours, "61,02");
        Expect.Sent(ours, "6162");
        Link.Repeat(() => theirs.Receive() == "61,02", "message behind the first ones");
        Assert.Equal("6162", theirs.Receive());
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_SUB_gets_from_their_PUB_what_it_subscribed_to(bool weBind)
    {
        using var theirs = PythonPeer.Start("XPUB");
        using var ours = new SubscriberSocket();
        ours.Subscribe("a");
        ours.Subscribe([0xFF, 0x00]);
        Link.Up(ours, theirs, weBind);
        Assert.Equal(["0161", "01ff00"], new[] { theirs.Receive(), theirs.Receive() }.Order());
        theirs.Send("62,01");
        theirs.Send("61,,02");
        theirs.Send("ff0001");
        Expect.Message(ours, "61,,02");
        Expect.Message(ours, "ff0001");
    }

    [SkippableFact]
    public void Unsubscribing_reaches_their_XPUB_with_the_last_one()
    {
        using var theirs = PythonPeer.Start("XPUB");
        using var ours = new SubscriberSocket();
        ours.SubscribeToAnyTopic();
        ours.Subscribe("a");
        ours.Subscribe("a");
        Link.Up(ours, theirs, weBind: false);
        Assert.Equal(["01", "0161"], new[] { theirs.Receive(), theirs.Receive() }.Order());
        ours.Unsubscribe("a");
        ours.Unsubscribe("a");
        ours.Unsubscribe("");
        Assert.Equal("0061", theirs.Receive());
        Assert.Equal("00", theirs.Receive());
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_XPUB_hears_of_their_subscriptions(bool weBind)
    {
        using var theirs = PythonPeer.Start("SUB");
        using var ours = new XPublisherSocket();
        theirs.Set("SUBSCRIBE", "6162");
        Link.Up(ours, theirs, weBind);
        Expect.Message(ours, "016162");
        Expect.Sent(ours, "6162,01");
        Assert.Equal("6162,01", theirs.Receive());
        theirs.Set("UNSUBSCRIBE", "6162");
        Expect.Message(ours, "006162");
        theirs.Set("SUBSCRIBE", "-");
        Expect.Message(ours, "01");
        Expect.Sent(ours, "-");
        Assert.Equal("-", theirs.Receive());
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_XSUB_subscribes_by_messages(bool weBind)
    {
        using var theirs = PythonPeer.Start("XPUB");
        using var ours = new XSubscriberSocket();
        Link.Up(ours, theirs, weBind);
        Expect.Sent(ours, "0161");
        Assert.Equal("0161", theirs.Receive());
        theirs.Send("62");
        theirs.Send("6163");
        Expect.Message(ours, "6163");
        Expect.Sent(ours, "0061");
        Assert.Equal("0061", theirs.Receive());
    }

    [SkippableFact]
    public void A_subscription_is_told_again_to_a_publisher_that_comes_back()
        => Comeback.OfTheirPublisher(Link.FreeEndpoint(), 3, () => PythonPeer.Start("XPUB"));

    [SkippableFact]
    public void A_publisher_goes_on_when_a_subscriber_is_killed()
    {
        using var stays = PythonPeer.Start("SUB");
        using var dies = PythonPeer.Start("SUB");
        using var ours = new XPublisherSocket();
        stays.Set("SUBSCRIBE", "73");
        dies.Set("SUBSCRIBE", "64");
        var endpoint = Link.Bind(ours);
        stays.Connect(endpoint);
        dies.Connect(endpoint);
        Assert.Equal(["0164", "0173"], new[] { Expect.Message(ours), Expect.Message(ours) }.Order());
        dies.Kill();
        Expect.Message(ours, "0064");
        Expect.Sent(ours, "73");
        Assert.Equal("73", stays.Receive());
    }
}

#region usings
using System.Threading.Channels;
using Actors;
using Actors.Transport;
using Akka.Actor;
#endregion

namespace Docs.Tests.Roles;

/// <summary>The samples of docs/roles/publish-subscribe.md.</summary>
public sealed class PublishSubscribeSamples : SampleTests
{
    [Fact]
    public async Task What_is_published_reaches_its_subscribers()
    {
        var system = Start();

        #region publish
        var publisher = system.ActorOf(PublishRole.Props(
            new PublishSettings { Name = "publisher", Socket = new SocketSettings { Bind = ["tcp://127.0.0.1:0"] } }), "publisher");
        var ready = await publisher.Ask<RoleReady>(WhenReady.Instance);
        #endregion

        #region subscribe
        var received = Channel.CreateUnbounded<string>();
        var subscriber = system.ActorOf(SubscribeRole.Props(
            new SubscribeSettings
            {
                Name = "subscriber",
                Socket = new SocketSettings { Connect = [ready.Endpoints[0]] },
                Topics = ["weather."],
            },
            Props.Create(() => new Collector(received.Writer))), "subscriber");
        await subscriber.Ask<RoleReady>(WhenReady.Instance);

        publisher.Tell(Message.FromText("sports.football", "2:1"));
        publisher.Tell(Message.FromText("weather.rain", "12 mm"));
        #endregion

        Assert.Equal("weather.rain", await Next(received));

        #region topics
        subscriber.Tell(new SubscribeTo("sports."u8.ToArray()));
        subscriber.Tell(new UnsubscribeFrom("weather."u8.ToArray()));
        #endregion
    }

    [Fact]
    public async Task A_late_subscriber_is_sent_what_was_retained()
    {
        var system = Start();

        #region retained-publish
        var publisher = system.ActorOf(PublishRole.Props(new PublishSettings
        {
            Name = "publisher",
            Socket = new SocketSettings { Bind = ["tcp://127.0.0.1:0"] },
            Retained = new RetainedSettings
            {
                Socket = new SocketSettings { Bind = ["tcp://127.0.0.1:0"] },
                Retain = Retain.Window,
                Count = 1000,
            },
        }), "publisher");
        var ready = await publisher.Ask<RoleReady>(WhenReady.Instance);
        publisher.Tell(Message.FromText("weather.rain", "12 mm"));
        #endregion

        #region retained-subscribe
        var received = Channel.CreateUnbounded<string>();
        var subscriber = system.ActorOf(SubscribeRole.Props(
            new SubscribeSettings
            {
                Name = "subscriber",
                Socket = new SocketSettings { Connect = [ready.Endpoints[1]] },
                Topics = ["weather."],
                Retained = new RetainedSubscription(),
            },
            Props.Create(() => new Collector(received.Writer))), "subscriber");
        #endregion

        Assert.Equal("weather.rain", await Next(received));
        var status = await subscriber.Ask<RoleStatus>(GetRoleStatus.Instance);

        #region position
        var positions = status.Subscription!.Positions;
        var later = new RetainedSubscription { ResumeFrom = positions };
        #endregion

        Assert.Equal(1UL, Assert.Single(later.ResumeFrom).Number);
    }
}

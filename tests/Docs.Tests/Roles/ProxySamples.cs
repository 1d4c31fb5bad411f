#region usings
using System.Threading.Channels;
using Actors;
using Actors.Transport;
using Akka.Actor;
#endregion

namespace Docs.Tests.Roles;

/// <summary>The samples of docs/roles/proxies.md.</summary>
public sealed class ProxySamples : SampleTests
{
    [Fact]
    public async Task A_forwarder_stands_between_publisher_and_subscriber()
    {
        var system = Start();
        var received = Channel.CreateUnbounded<string>();

        #region forwarder
        var forwarder = system.ActorOf(ForwarderRole.Props(new ForwarderSettings
        {
            Name = "forwarder",
            Frontend = new SocketSettings { Bind = ["tcp://127.0.0.1:0"] },
            Backend = new SocketSettings { Bind = ["tcp://127.0.0.1:0"] },
        }), "forwarder");
        // The frontend's endpoint comes first, then the backend's, then that of a capture.
        var open = await forwarder.Ask<RoleReady>(WhenReady.Instance);
        #endregion

        var publish = system.ActorOf(PublishRole.Props(new PublishSettings { Name = "publish", Socket = new SocketSettings { Connect = [open.Endpoints[0]] } }));
        var subscribe = system.ActorOf(SubscribeRole.Props(
            new SubscribeSettings { Name = "subscribe", Socket = new SocketSettings { Connect = [open.Endpoints[1]] }, Topics = ["news"], ConfirmTimeout = TimeSpan.FromSeconds(20) },
            Props.Create(() => new Listener(received.Writer))));
        await subscribe.Ask<RoleReady>(WhenReady.Instance);
        publish.Tell(Message.FromText("news of today"));
        Assert.Equal("news of today", await Next(received));
    }

    [Fact]
    public async Task A_streamer_stands_between_pusher_and_puller()
    {
        var system = Start();
        var (received, copies) = (Channel.CreateUnbounded<string>(), Channel.CreateUnbounded<string>());

        #region streamer
        var streamer = system.ActorOf(StreamerRole.Props(new StreamerSettings
        {
            Name = "streamer",
            Frontend = new SocketSettings { Bind = ["tcp://127.0.0.1:0"] },
            Backend = new SocketSettings { Bind = ["tcp://127.0.0.1:0"] },
            Capture = new CaptureSettings(new SocketSettings { Bind = ["tcp://127.0.0.1:0"] }, CaptureKind.Push),
        }), "streamer");
        #endregion

        var open = await streamer.Ask<RoleReady>(WhenReady.Instance);
        var push = system.ActorOf(PushRole.Props(new PushSettings { Name = "push", Socket = new SocketSettings { Connect = [open.Endpoints[0]] } }));
        system.ActorOf(PullRole.Props(new PullSettings { Name = "pull", Socket = new SocketSettings { Connect = [open.Endpoints[1]] } }, Props.Create(() => new Listener(received.Writer))));
        system.ActorOf(PullRole.Props(new PullSettings { Name = "copies", Socket = new SocketSettings { Connect = [open.Endpoints[2]] } }, Props.Create(() => new Listener(copies.Writer))));
        push.Tell(Message.FromText("a task"));
        Assert.Equal(("a task", "a task"), (await Next(received), await Next(copies)));
    }
}

using Actors;
using Actors.Transport;
using Akka.Actor;

namespace Benchmarks.Roles;

/// <summary>The ends of a measurement of publish and subscribe roles, plain and retained.</summary>
internal static class BroadcastRolePeer
{
    public static void Publish(string endpoint, int size) => RolePeer.Serve(PublishRole.Props(Publisher(endpoint)), role => Props.Create(() => new BroadcastProducer(role, size)));

    public static void Subscribe(string endpoint, int size, double warmUp, double duration) =>
        RolePeer.Run(_ => SubscribeRole.Props(Subscriber(endpoint, ""), Props.Create(() => new BroadcastHandler(size, warmUp, duration, null))));

    /// <summary>Prints both endpoints: a retained subscription needs the second, and the acknowledgements go to the first.</summary>
    public static void PublishRetained(string endpoint, int size)
    {
        var settings = Publisher(endpoint) with { Retained = new RetainedSettings { Socket = new SocketSettings { Bind = [endpoint] } } };
        RolePeer.Serve(PublishRole.Props(settings), role => Props.Create(() => new BroadcastProducer(role, size)));
    }

    public static void SubscribeRetained(string endpoints, int size, double warmUp, double duration)
    {
        var (plain, retained) = endpoints.Split(',') is [var first, var second] ? (first, second) : throw new ArgumentException($"\"{endpoints}\" are not two endpoints with a comma between them.");
        RolePeer.Run(system =>
        {
            var acknowledging = system.ActorOf(SubscribeRole.Props(Subscriber(plain), Props.Create(() => new BroadcastHandler(size, 0, double.MaxValue, null))), "acknowledging");
            var settings = new SubscribeSettings { Name = "retained", Socket = new SocketSettings { Connect = [retained] }, Topics = [""], Retained = new() };
            return SubscribeRole.Props(settings, Props.Create(() => new BroadcastHandler(size, warmUp, duration, acknowledging)));
        });
    }

    private static PublishSettings Publisher(string endpoint) => new() { Name = "publisher", Socket = new SocketSettings { Bind = [endpoint], Linger = TimeSpan.Zero } };

    private static SubscribeSettings Subscriber(string endpoint, params string[] topics) =>
        new() { Name = "subscriber", Socket = new SocketSettings { Connect = [endpoint] }, Topics = topics, ConfirmTimeout = TimeSpan.Zero };
}

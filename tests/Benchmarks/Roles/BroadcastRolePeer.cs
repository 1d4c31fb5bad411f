using Actors;
using Actors.Transport;
using Akka.Actor;

namespace Benchmarks.Roles;

/// <summary>The ends of a measurement of publish and subscribe roles, plain and retained.</summary>
internal static class BroadcastRolePeer
{
    public static void Publish(RoleWork work) => RolePeer.Serve(work, PublishRole.Props(Publisher(work.Endpoint)), role => Props.Create(() => new BroadcastProducer(role, work)));

    public static void Subscribe(RoleWork work) =>
        RolePeer.Run(work, _ => SubscribeRole.Props(Subscriber(work.Endpoint, ""), Handler(work, null)));

    /// <summary>Prints both endpoints: a retained subscription needs the second, and the acknowledgements go to the first.</summary>
    public static void PublishRetained(RoleWork work)
    {
        var settings = Publisher(work.Endpoint) with { Retained = new RetainedSettings { Socket = new SocketSettings { Bind = [work.Endpoint] } } };
        RolePeer.Serve(work, PublishRole.Props(settings), role => Props.Create(() => new BroadcastProducer(role, work)));
    }

    public static void SubscribeRetained(RoleWork work)
    {
        var (plain, retained) = work.Endpoint.Split(',') is [var first, var second] ? (first, second) : throw new ArgumentException($"\"{work.Endpoint}\" are not two endpoints with a comma between them.");
        var unmeasured = work with { Timing = RoleWork.Unmeasured };
        RolePeer.Run(work, system =>
        {
            var acknowledging = system.ActorOf(SubscribeRole.Props(Subscriber(plain), Props.Create(() => new BroadcastHandler(unmeasured, null))), "acknowledging");
            var settings = new SubscribeSettings { Name = "retained", Socket = new SocketSettings { Connect = [retained] }, Topics = [""], Retained = new() };
            return SubscribeRole.Props(settings, Handler(work, acknowledging));
        });
    }

    private static Props Handler(RoleWork work, IActorRef? acknowledging) =>
        work.Single ? Props.Create(() => new BroadcastHandler(work, acknowledging)) : Props.Create(() => new BroadcastBatchHandler(work, acknowledging));

    private static PublishSettings Publisher(string endpoint) => new() { Name = "publisher", Socket = new SocketSettings { Bind = [endpoint], Linger = TimeSpan.Zero } };

    private static SubscribeSettings Subscriber(string endpoint, params string[] topics) =>
        new() { Name = "subscriber", Socket = new SocketSettings { Connect = [endpoint] }, Topics = topics, ConfirmTimeout = TimeSpan.Zero };
}

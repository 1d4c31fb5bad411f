using Actors;
using Actors.Streams;
using Actors.Transport;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.TestKit;
using Xunit.Abstractions;

namespace Streams.Tests;

/// <summary>What the tests of streams share.</summary>
public abstract class StreamTestKit : Akka.TestKit.Xunit2.TestKit
{
    /// <summary>Long, because the machine may be slow; a test that passes never waits so long.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    protected const string AnyPort = "tcp://127.0.0.1:0";

    protected StreamTestKit(ITestOutputHelper log, string more = "")
        : base("akka { loglevel = INFO, test { single-expect-default = 30s, default-timeout = 30s } }\n" + EngineUnderTest.Config + more, output: log) =>
        Materializer = Sys.Materializer();

    protected ActorMaterializer Materializer { get; }

    protected static Message Text(params string[] frames) => Message.FromText(frames);

    protected static IEnumerable<Message> Numbers(int count) => Enumerable.Range(0, count).Select(number => Text($"{number}"));

    protected static SocketSettings Bound => new() { Bind = [AnyPort], Linger = TimeSpan.FromMilliseconds(200) };

    protected static SocketSettings ConnectedTo(string endpoint) => new() { Connect = [endpoint], Linger = TimeSpan.FromMilliseconds(200) };

    /// <summary>The endpoint of a role that binds.</summary>
    protected static async Task<string> EndpointOf(StreamRole role) => (await Within(role.Ready, $"{role.Name} is not ready")).Endpoints[0];

    protected static async Task<T> Within<T>(Task<T> task, string missing)
    {
        try
        {
            return await task.WaitAsync(Patience);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            throw new TimeoutException($"{missing} within {Patience.TotalSeconds} s");
        }
    }

    protected static async Task Within(Task task, string missing) => await Within(task.ContinueWith(_ => true, TaskScheduler.Default), missing);

    protected Task<SinkEnd> EndOf(SinkRole role) => Within(role.Completion, $"{role.Name} has not ended");

    /// <summary>What the role says of itself now.</summary>
    protected async Task<RoleStatus> StatusOf(StreamRole role) =>
        await (await role.Actor.WaitAsync(Patience)).Ask<RoleStatus>(GetRoleStatus.Instance, Patience);

    /// <summary>Waits until the role says that; looks often.</summary>
    protected async Task<RoleStatus> StatusWhen(StreamRole role, Func<RoleStatus, bool> condition, string missing)
    {
        var status = await StatusOf(role);
        AwaitCondition(() => condition(status = StatusOf(role).GetAwaiter().GetResult()), Patience, TimeSpan.FromMilliseconds(10), missing);
        return status;
    }

    /// <summary>Takes that many elements from the probe.</summary>
    protected static List<T> Take<T>(TestSubscriber.Probe<T> probe, int count)
    {
        probe.Request(count);
        return [.. Enumerable.Range(0, count).Select(_ => probe.ExpectNext(Patience))];
    }

    protected void WatchDrops() => Sys.EventStream.Subscribe(TestActor, typeof(MessagesDropped));
}

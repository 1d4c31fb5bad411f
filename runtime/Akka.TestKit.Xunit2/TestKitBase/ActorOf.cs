using System.Linq.Expressions;
using Akka.Actor;
using Akka.Util;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    public IActorRef ActorOf(Props props) => Sys.ActorOf(props, null);

    public IActorRef ActorOf(Props props, string? name) => Sys.ActorOf(props, name);

    public IActorRef ActorOf<TActor>()
        where TActor : ActorBase, new() => Sys.ActorOf(Props.Create<TActor>(), null);

    public IActorRef ActorOf<TActor>(string? name)
        where TActor : ActorBase, new() => Sys.ActorOf(Props.Create<TActor>(), name);

    public IActorRef ActorOf<TActor>(Expression<Func<TActor>> factory)
        where TActor : ActorBase => Sys.ActorOf(Props.Create(factory), null);

    public IActorRef ActorOf<TActor>(Expression<Func<TActor>> factory, string? name)
        where TActor : ActorBase => Sys.ActorOf(Props.Create(factory), name);

    public ActorSelection ActorSelection(ActorPath actorPath) => Sys.ActorSelection(actorPath);

    public ActorSelection ActorSelection(string actorPath) => Sys.ActorSelection(actorPath);

    public ActorSelection ActorSelection(IActorRef anchorRef, string actorPath) => Sys.ActorSelection(anchorRef, actorPath);

    /// <summary>Creates a child of the test actor.</summary>
    /// <param name="supervisorStrategy">Handles the failures of this child.</param>
    public IActorRef ChildActorOf(
        Props props, string name, SupervisorStrategy supervisorStrategy, CancellationToken cancellationToken = default) =>
        SpawnChild(new TestActor.Spawn(props, name, supervisorStrategy), cancellationToken);

    public IActorRef ChildActorOf(Props props, SupervisorStrategy supervisorStrategy, CancellationToken cancellationToken = default) =>
        SpawnChild(new TestActor.Spawn(props, Option<string>.None, supervisorStrategy), cancellationToken);

    public IActorRef ChildActorOf(Props props, string name, CancellationToken cancellationToken = default) =>
        SpawnChild(new TestActor.Spawn(props, name, Option<SupervisorStrategy>.None), cancellationToken);

    public IActorRef ChildActorOf(Props props, CancellationToken cancellationToken = default) =>
        SpawnChild(new TestActor.Spawn(props, Option<string>.None, Option<SupervisorStrategy>.None), cancellationToken);

    public Task<IActorRef> ChildActorOfAsync(
        Props props, string name, SupervisorStrategy supervisorStrategy, CancellationToken cancellationToken = default) =>
        SpawnChildAsync(new TestActor.Spawn(props, name, supervisorStrategy), cancellationToken);

    public Task<IActorRef> ChildActorOfAsync(
        Props props, SupervisorStrategy supervisorStrategy, CancellationToken cancellationToken = default) =>
        SpawnChildAsync(new TestActor.Spawn(props, Option<string>.None, supervisorStrategy), cancellationToken);

    public Task<IActorRef> ChildActorOfAsync(Props props, string name, CancellationToken cancellationToken = default) =>
        SpawnChildAsync(new TestActor.Spawn(props, name, Option<SupervisorStrategy>.None), cancellationToken);

    public Task<IActorRef> ChildActorOfAsync(Props props, CancellationToken cancellationToken = default) =>
        SpawnChildAsync(
            new TestActor.Spawn(props, Option<string>.None, Option<SupervisorStrategy>.None), cancellationToken);

    private IActorRef SpawnChild(TestActor.Spawn spawn, CancellationToken token)
    {
        _testActor.Tell(spawn, _testActor);
        return ExpectMsg<IActorRef>(hint: "The answer to ChildActorOf.", cancellationToken: token);
    }

    private async Task<IActorRef> SpawnChildAsync(TestActor.Spawn spawn, CancellationToken token)
    {
        _testActor.Tell(spawn, _testActor);
        return await ExpectMsgAsync<IActorRef>(hint: "The answer to ChildActorOf.", cancellationToken: token);
    }
}

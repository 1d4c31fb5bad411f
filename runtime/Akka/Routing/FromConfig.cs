using Akka.Actor;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Routing;

/// <summary>
/// Takes the whole router from the deployment section of its path; without a section there is no router, and creation
/// fails. A resizer or supervisor strategy given here applies where the section leaves it open.
/// </summary>
public class FromConfig : Pool
{
    public FromConfig()
        : this(null, DefaultSupervisorStrategy, Dispatch.Dispatchers.DefaultDispatcherId)
    {
    }

    public FromConfig(Resizer? resizer, SupervisorStrategy? supervisorStrategy, string? routerDispatcher)
        : base(0, resizer, supervisorStrategy, routerDispatcher, false)
    {
    }

    public static FromConfig Instance { get; } = new();

    public override Router CreateRouter(ActorSystem system) =>
        throw new NotSupportedException("FromConfig creates no router: the deployment section that it stands for does.");

    public override ActorBase CreateRouterActor() =>
        throw new NotSupportedException("FromConfig creates no router actor: the deployment section that it stands for does.");

    public override int GetNrOfInstances(ActorSystem sys) => 0;

    public override void VerifyConfig(ActorPath path) =>
        throw new ConfigurationException(
            $"Configuration missing for router [{path}]: 'akka.actor.deployment' has no section for it that names a router.");

    public Props Props() => Akka.Actor.Props.Empty.WithRouter(this);

    public FromConfig WithSupervisorStrategy(SupervisorStrategy strategy) => new(Resizer, strategy, RouterDispatcher);

    public FromConfig WithResizer(Resizer resizer) => new(resizer, SupervisorStrategy, RouterDispatcher);

    public FromConfig WithDispatcher(string dispatcherId) => new(Resizer, SupervisorStrategy, dispatcherId);

    public override ISurrogate ToSurrogate(ActorSystem system) => new FromConfigSurrogate
    {
        Resizer = Resizer,
        SupervisorStrategy = SupervisorStrategy,
        RouterDispatcher = RouterDispatcher,
    };

    public class FromConfigSurrogate : ISurrogate
    {
        public Resizer? Resizer { get; set; }

        public SupervisorStrategy? SupervisorStrategy { get; set; }

        public string? RouterDispatcher { get; set; }

        public ISurrogated FromSurrogate(ActorSystem system) => new FromConfig(Resizer, SupervisorStrategy, RouterDispatcher);
    }
}

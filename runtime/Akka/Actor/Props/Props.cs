using System.Linq.Expressions;
using System.Reflection;
using Akka.Routing;
using Akka.Util;
using Akka.Util.Reflection;

namespace Akka.Actor;

/// <summary>How to create an actor: its class and constructor arguments, or a producer, and its deployment. Immutable.</summary>
public class Props : IEquatable<Props>, ISurrogated
{
    public static readonly Props None = new(typeof(EmptyActor));

    private static readonly object[] NoArguments = [];

    private readonly IIndirectActorProducer? _producer;

    public Props(Type type)
        : this(Deploy.None, type, NoArguments)
    {
    }

    public Props(Type type, object[] args)
        : this(Deploy.None, type, args)
    {
    }

    public Props(Type type, SupervisorStrategy supervisorStrategy, IEnumerable<object> args)
        : this(type, supervisorStrategy, args.ToArray())
    {
    }

    public Props(Type type, SupervisorStrategy? supervisorStrategy, params object[] args)
        : this(Deploy.None, type, args) => SupervisorStrategy = supervisorStrategy!;

    public Props(Deploy deploy, Type type, IEnumerable<object> args)
        : this(deploy, type, args.ToArray())
    {
    }

    public Props(Deploy deploy, Type type, params object[] args)
    {
        RequireActorClass(type);
        Deploy = deploy;
        Type = type;
        Arguments = args ?? NoArguments;
    }

    protected Props()
    {
        Deploy = Deploy.None;
        Arguments = NoArguments;
    }

    protected Props(Props copy)
    {
        Deploy = copy.Deploy;
        SupervisorStrategy = copy.SupervisorStrategy;
        Type = copy.Type;
        Arguments = copy.Arguments;
        _producer = copy._producer;
    }

    private Props(IIndirectActorProducer producer, object[] args)
    {
        _producer = producer;
        Deploy = Deploy.None;
        Type = producer.ActorType;
        Arguments = args;
    }

    /// <summary>Props of an actor that handles no message.</summary>
    public static Props Empty { get; } = new(typeof(EmptyActor));

    public Type Type { get; } = null!;

    public string TypeName => Type.AssemblyQualifiedName!;

    public object[] Arguments { get; }

    public Deploy Deploy { get; protected set; }

    /// <summary>The strategy of the actor over its children, when it is not what its class says; else null.</summary>
    public SupervisorStrategy SupervisorStrategy { get; protected set; } = null!;

    public string Dispatcher => Deploy.Dispatcher == Deploy.NoDispatcherGiven ? Dispatch.Dispatchers.DefaultDispatcherId : Deploy.Dispatcher;

    public string Mailbox => Deploy.Mailbox == Deploy.NoMailboxGiven ? Dispatch.Mailboxes.DefaultMailboxId : Deploy.Mailbox;

    public RouterConfig RouterConfig => Deploy.RouterConfig;

    /// <summary>
    /// <c>Props.Create(() => new MyActor(argument))</c>. The arguments are computed now; each instance is made anew of them.
    /// </summary>
    /// <exception cref="ArgumentException">The expression is not a call of a constructor.</exception>
    public static Props Create<TActor>(Expression<Func<TActor>> factory, SupervisorStrategy? supervisorStrategy = null)
        where TActor : ActorBase
    {
        if (factory.Body is UnaryExpression)
            throw new ArgumentException("Props.Create must be given a 'new T (args)' expression whose type is the actor's own, without a conversion", nameof(factory));
        if (factory.Body is not NewExpression newExpression)
            throw new ArgumentException("The create function must be a 'new T (args)' expression", nameof(factory));
        return new Props(newExpression.Type, supervisorStrategy, newExpression.GetArguments());
    }

    public static Props Create<TActor>(params object[] args)
        where TActor : ActorBase => new(typeof(TActor), args);

    public static Props Create<TActor>(SupervisorStrategy supervisorStrategy)
        where TActor : ActorBase, new() => new(typeof(TActor), supervisorStrategy);

    public static Props Create(Type type, params object[] args)
    {
        ArgumentNullException.ThrowIfNull(type);
        return new Props(type, args);
    }

    public static Props CreateBy<TProducer>(params object[] args)
        where TProducer : class, IIndirectActorProducer
    {
        if (Activator.CreateInstance(typeof(TProducer), args) is not IIndirectActorProducer producer)
            throw new ArgumentException($"{typeof(TProducer)} cannot be made of the given arguments", nameof(args));
        return new Props(producer, args);
    }

    public static Props CreateBy(IIndirectActorProducer producer, params object[] args)
    {
        ArgumentNullException.ThrowIfNull(producer);
        return new Props(producer, args);
    }

    public Props WithDispatcher(string dispatcher) => Changed(copy => copy.Deploy = Deploy.WithDispatcher(dispatcher));

    public Props WithMailbox(string mailbox) => Changed(copy => copy.Deploy = Deploy.WithMailbox(mailbox));

    public Props WithRouter(RouterConfig routerConfig) => Changed(copy => copy.Deploy = Deploy.WithRouterConfig(routerConfig));

    public Props WithStashCapacity(int stashCapacity) => Changed(copy => copy.Deploy = Deploy.WithStashCapacity(stashCapacity));

    public Props WithSupervisorStrategy(SupervisorStrategy supervisorStrategy) =>
        Changed(copy => copy.SupervisorStrategy = supervisorStrategy);

    /// <summary>Takes a deployment; what it leaves open stays as it is.</summary>
    public Props WithDeploy(Deploy deploy) => Changed(copy => copy.Deploy = deploy.WithFallback(Deploy));

    /// <summary>Makes an instance. Only the kernel calls this, with the cell of the actor as the current one.</summary>
    public virtual ActorBase NewActor()
    {
        if (_producer is not null)
            return _producer.Produce();
        try
        {
            return (ActorBase)(Arguments.Length == 0
                ? Activator.CreateInstance(Type)!
                : Activator.CreateInstance(Type, Arguments)!);
        }
        catch (TargetInvocationException failure) when (failure.InnerException is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure.InnerException);
            throw;
        }
        catch (MissingMethodException failure)
        {
            var types = string.Join(", ", Arguments.Select(argument => argument?.GetType().ToString() ?? "null"));
            throw new TypeLoadException($"Error while creating actor instance of type {Type}: it has no constructor ({types})", failure);
        }
    }

    public bool Equals(Props? other) =>
        ReferenceEquals(this, other) ||
        (other is not null && Type == other.Type && Equals(Deploy, other.Deploy) && Equals(SupervisorStrategy, other.SupervisorStrategy) &&
         ReferenceEquals(_producer, other._producer) && Arguments.SequenceEqual(other.Arguments));

    public override bool Equals(object? obj) => Equals(obj as Props);

    public override int GetHashCode() => HashCode.Combine(Type, Deploy, Arguments.Length);

    public ISurrogate ToSurrogate(ActorSystem system)
    {
        if (_producer is not null)
            throw new NotSupportedException($"Props of {Type} are made by a producer in this process and cannot leave it");
        return new PropsSurrogate { Type = Type, Arguments = Arguments, Deploy = Deploy };
    }

    protected virtual Props Copy() => new(this);

    internal void Release(ActorBase actor) => _producer?.Release(actor);

    private static void RequireActorClass(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (!typeof(ActorBase).IsAssignableFrom(type))
            throw new ArgumentException($"{type} is not an actor class: it does not derive from ActorBase", nameof(type));
        if (type.IsAbstract)
            throw new ArgumentException($"{type} is abstract; Props need a class that can be created", nameof(type));
    }

    private Props Changed(Action<Props> change)
    {
        var copy = Copy();
        change(copy);
        return copy;
    }

    private sealed class EmptyActor : UntypedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);
    }

    public class PropsSurrogate : ISurrogate
    {
        public Type Type { get; set; } = null!;

        public object[] Arguments { get; set; } = null!;

        public Deploy Deploy { get; set; } = null!;

        public ISurrogated FromSurrogate(ActorSystem system) => new Props(Deploy, Type, Arguments);
    }
}

/// <summary>The props of a cell whose actor has stopped for good.</summary>
public class TerminatedProps : Props
{
    internal static readonly TerminatedProps Instance = new();

    public override ActorBase NewActor() => throw new InvalidOperationException("This actor has been terminated");
}

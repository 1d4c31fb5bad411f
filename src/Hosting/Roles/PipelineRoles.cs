using Akka.Actor;

namespace Actors.Hosting;

// The roles of the pipeline.
public sealed partial class ZeroMqBuilder
{
    /// <summary>A push role, which connects.</summary>
    /// <typeparam name="TRole">The key: tell <c>IRequiredActor&lt;TRole&gt;</c> the messages.</typeparam>
    /// <param name="endpoint">The puller.</param>
    /// <param name="options">Changes to the settings.</param>
    public ZeroMqBuilder Push<TRole>(string endpoint, Func<PushSettings, PushSettings>? options = null) =>
        Add<TRole, PushSettings>(StopTurn.Sender, new PushSettings { Name = NameOf<TRole>(), Socket = Connects<TRole>(endpoint) }, options, PushRole.Props);

    /// <summary>A pull role, which binds.</summary>
    /// <typeparam name="TRole">The key.</typeparam>
    /// <typeparam name="THandler">The actor that is told the messages, made by dependency injection.</typeparam>
    /// <param name="endpoint">Where pushers connect.</param>
    /// <param name="options">Changes to the settings.</param>
    public ZeroMqBuilder Pull<TRole, THandler>(string endpoint, Func<PullSettings, PullSettings>? options = null)
        where THandler : ActorBase => Pull<TRole>(endpoint, Injected<THandler>(), options);

    /// <summary>A pull role, which binds.</summary>
    /// <typeparam name="TRole">The key.</typeparam>
    /// <param name="endpoint">Where pushers connect.</param>
    /// <param name="handler">The actor that is told the messages.</param>
    /// <param name="options">Changes to the settings.</param>
    public ZeroMqBuilder Pull<TRole>(string endpoint, Props handler, Func<PullSettings, PullSettings>? options = null) => Pull<TRole>(endpoint, Given(handler), options);

    /// <summary>A worker role, which connects at both ends.</summary>
    /// <typeparam name="TRole">The key.</typeparam>
    /// <typeparam name="THandler">The actor that works on tasks, made by dependency injection.</typeparam>
    /// <param name="pull">Where the tasks come from.</param>
    /// <param name="push">Where the results go.</param>
    /// <param name="options">Changes to the settings.</param>
    public ZeroMqBuilder Worker<TRole, THandler>(string pull, string push, Func<WorkerSettings, WorkerSettings>? options = null)
        where THandler : ActorBase => Worker<TRole>(pull, push, Injected<THandler>(), options);

    /// <summary>A worker role, which connects at both ends.</summary>
    /// <typeparam name="TRole">The key.</typeparam>
    /// <param name="pull">Where the tasks come from.</param>
    /// <param name="push">Where the results go.</param>
    /// <param name="handler">The actor that works on tasks.</param>
    /// <param name="options">Changes to the settings.</param>
    public ZeroMqBuilder Worker<TRole>(string pull, string push, Props handler, Func<WorkerSettings, WorkerSettings>? options = null) => Worker<TRole>(pull, push, Given(handler), options);

    private ZeroMqBuilder Pull<TRole>(string endpoint, HandlerSource handler, Func<PullSettings, PullSettings>? options) =>
        Add<TRole, PullSettings>(StopTurn.Receiver, new PullSettings { Name = NameOf<TRole>(), Socket = Binds<TRole>(endpoint) }, options, handler, (settings, made) => PullRole.Props(settings, made!));

    private ZeroMqBuilder Worker<TRole>(string pull, string push, HandlerSource handler, Func<WorkerSettings, WorkerSettings>? options) =>
        Add<TRole, WorkerSettings>(StopTurn.Worker, new WorkerSettings { Name = NameOf<TRole>(), Pull = Connects<TRole>(pull), Push = Connects<TRole>(push) }, options, handler, (settings, made) => WorkerRole.Props(settings, made!));
}

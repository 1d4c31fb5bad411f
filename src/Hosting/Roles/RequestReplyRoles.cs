using Akka.Actor;

namespace Actors.Hosting;

// The roles of request-reply.
public sealed partial class ZeroMqBuilder
{
    /// <summary>A request role, which connects.</summary>
    /// <typeparam name="TRole">The key: ask <c>IRequiredActor&lt;TRole&gt;</c> the requests.</typeparam>
    /// <param name="endpoint">The server.</param>
    /// <param name="options">Changes to the settings.</param>
    public ZeroMqBuilder Request<TRole>(string endpoint, Func<RequestSettings, RequestSettings>? options = null) =>
        Add<TRole, RequestSettings>(StopTurn.Sender, new RequestSettings { Name = NameOf<TRole>(), Socket = Connects<TRole>(endpoint) }, options, RequestRole.Props);

    /// <summary>A reply role, which binds.</summary>
    /// <typeparam name="TRole">The key.</typeparam>
    /// <typeparam name="THandler">The actor that answers requests, made by dependency injection.</typeparam>
    /// <param name="endpoint">Where clients connect.</param>
    /// <param name="options">Changes to the settings.</param>
    public ZeroMqBuilder Reply<TRole, THandler>(string endpoint, Func<ReplySettings, ReplySettings>? options = null)
        where THandler : ActorBase => Reply<TRole>(endpoint, Injected<THandler>(), options);

    /// <summary>A reply role, which binds.</summary>
    /// <typeparam name="TRole">The key.</typeparam>
    /// <param name="endpoint">Where clients connect.</param>
    /// <param name="handler">The actor that answers requests.</param>
    /// <param name="options">Changes to the settings.</param>
    public ZeroMqBuilder Reply<TRole>(string endpoint, Props handler, Func<ReplySettings, ReplySettings>? options = null) => Reply<TRole>(endpoint, Given(handler), options);

    /// <summary>A queue role, which binds at both ends.</summary>
    /// <typeparam name="TRole">The key.</typeparam>
    /// <param name="clients">Where clients connect.</param>
    /// <param name="servers">Where servers connect that speak the queue's protocol.</param>
    /// <param name="options">Changes to the settings.</param>
    public ZeroMqBuilder Queue<TRole>(string clients, string servers, Func<QueueSettings, QueueSettings>? options = null) =>
        Add<TRole, QueueSettings>(StopTurn.Receiver, new QueueSettings { Name = NameOf<TRole>(), Clients = Binds<TRole>(clients), Servers = Binds<TRole>(servers) }, options, QueueRole.Props);

    private ZeroMqBuilder Reply<TRole>(string endpoint, HandlerSource handler, Func<ReplySettings, ReplySettings>? options) =>
        Add<TRole, ReplySettings>(StopTurn.Receiver, new ReplySettings { Name = NameOf<TRole>(), Socket = Binds<TRole>(endpoint) }, options, handler, (settings, made) => ReplyRole.Props(settings, made!));
}

using Akka.Actor;

namespace Actors.Hosting;

// The roles that talk to peers directly, and the proxies.
public sealed partial class ZeroMqBuilder
{
    /// <summary>A dealer role, which connects.</summary>
    /// <typeparam name="TRole">The key: tell <c>IRequiredActor&lt;TRole&gt;</c> what to send.</typeparam>
    /// <typeparam name="THandler">The actor that is told the messages, made by dependency injection.</typeparam>
    /// <param name="endpoint">The peer.</param>
    /// <param name="options">Changes to the settings.</param>
    public ZeroMqBuilder Dealer<TRole, THandler>(string endpoint, Func<DealerSettings, DealerSettings>? options = null)
        where THandler : ActorBase => Dealer<TRole>(endpoint, Injected<THandler>(), options);

    /// <summary>A dealer role, which connects.</summary>
    /// <typeparam name="TRole">The key: tell <c>IRequiredActor&lt;TRole&gt;</c> what to send.</typeparam>
    /// <param name="endpoint">The peer.</param>
    /// <param name="handler">The actor that is told the messages.</param>
    /// <param name="options">Changes to the settings.</param>
    public ZeroMqBuilder Dealer<TRole>(string endpoint, Props handler, Func<DealerSettings, DealerSettings>? options = null) => Dealer<TRole>(endpoint, Given(handler), options);

    /// <summary>A router role, which binds.</summary>
    /// <typeparam name="TRole">The key: tell <c>IRequiredActor&lt;TRole&gt;</c> what to send, and to which peer.</typeparam>
    /// <typeparam name="THandler">The actor that is told the messages and their peers, made by dependency injection.</typeparam>
    /// <param name="endpoint">Where peers connect.</param>
    /// <param name="options">Changes to the settings.</param>
    public ZeroMqBuilder Router<TRole, THandler>(string endpoint, Func<RouterSettings, RouterSettings>? options = null)
        where THandler : ActorBase => Router<TRole>(endpoint, Injected<THandler>(), options);

    /// <summary>A router role, which binds.</summary>
    /// <typeparam name="TRole">The key: tell <c>IRequiredActor&lt;TRole&gt;</c> what to send, and to which peer.</typeparam>
    /// <param name="endpoint">Where peers connect.</param>
    /// <param name="handler">The actor that is told the messages and their peers.</param>
    /// <param name="options">Changes to the settings.</param>
    public ZeroMqBuilder Router<TRole>(string endpoint, Props handler, Func<RouterSettings, RouterSettings>? options = null) => Router<TRole>(endpoint, Given(handler), options);

    /// <summary>A pair role, which connects; one of the two has to bind.</summary>
    /// <typeparam name="TRole">The key: tell <c>IRequiredActor&lt;TRole&gt;</c> what to send.</typeparam>
    /// <typeparam name="THandler">The actor that is told the messages, made by dependency injection.</typeparam>
    /// <param name="endpoint">The other end.</param>
    /// <param name="options">Changes to the settings.</param>
    public ZeroMqBuilder Pair<TRole, THandler>(string endpoint, Func<PairSettings, PairSettings>? options = null)
        where THandler : ActorBase => Pair<TRole>(endpoint, Injected<THandler>(), options);

    /// <summary>A pair role, which connects; one of the two has to bind.</summary>
    /// <typeparam name="TRole">The key: tell <c>IRequiredActor&lt;TRole&gt;</c> what to send.</typeparam>
    /// <param name="endpoint">The other end.</param>
    /// <param name="handler">The actor that is told the messages.</param>
    /// <param name="options">Changes to the settings.</param>
    public ZeroMqBuilder Pair<TRole>(string endpoint, Props handler, Func<PairSettings, PairSettings>? options = null) => Pair<TRole>(endpoint, Given(handler), options);

    /// <summary>A forwarder, which binds at both ends: a proxy between publishers and subscribers.</summary>
    /// <typeparam name="TRole">The key.</typeparam>
    /// <param name="frontend">Where publishers connect.</param>
    /// <param name="backend">Where subscribers connect.</param>
    /// <param name="options">Changes to the settings.</param>
    public ZeroMqBuilder Forwarder<TRole>(string frontend, string backend, Func<ForwarderSettings, ForwarderSettings>? options = null) =>
        Add<TRole, ForwarderSettings>(StopTurn.Worker, new ForwarderSettings { Name = NameOf<TRole>(), Frontend = Binds<TRole>(frontend), Backend = Binds<TRole>(backend) }, options, ForwarderRole.Props);

    /// <summary>A streamer, which binds at both ends: a proxy between pushers and pullers.</summary>
    /// <typeparam name="TRole">The key.</typeparam>
    /// <param name="frontend">Where pushers connect.</param>
    /// <param name="backend">Where pullers connect.</param>
    /// <param name="options">Changes to the settings.</param>
    public ZeroMqBuilder Streamer<TRole>(string frontend, string backend, Func<StreamerSettings, StreamerSettings>? options = null) =>
        Add<TRole, StreamerSettings>(StopTurn.Worker, new StreamerSettings { Name = NameOf<TRole>(), Frontend = Binds<TRole>(frontend), Backend = Binds<TRole>(backend) }, options, StreamerRole.Props);

    private ZeroMqBuilder Dealer<TRole>(string endpoint, HandlerSource handler, Func<DealerSettings, DealerSettings>? options) =>
        Add<TRole, DealerSettings>(StopTurn.Sender, new DealerSettings { Name = NameOf<TRole>(), Socket = Connects<TRole>(endpoint) }, options, handler, (settings, made) => DealerRole.Props(settings, made!));

    private ZeroMqBuilder Router<TRole>(string endpoint, HandlerSource handler, Func<RouterSettings, RouterSettings>? options) =>
        Add<TRole, RouterSettings>(StopTurn.Receiver, new RouterSettings { Name = NameOf<TRole>(), Socket = Binds<TRole>(endpoint) }, options, handler, (settings, made) => RouterRole.Props(settings, made!));

    private ZeroMqBuilder Pair<TRole>(string endpoint, HandlerSource handler, Func<PairSettings, PairSettings>? options) =>
        Add<TRole, PairSettings>(StopTurn.Receiver, new PairSettings { Name = NameOf<TRole>(), Socket = Connects<TRole>(endpoint) }, options, handler, (settings, made) => PairRole.Props(settings, made!));
}

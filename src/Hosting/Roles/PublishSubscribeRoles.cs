using Akka.Actor;

namespace Actors.Hosting;

// The roles of publish-subscribe.
public sealed partial class ZeroMqBuilder
{
    /// <summary>A publish role, which binds.</summary>
    /// <typeparam name="TRole">The key: tell <c>IRequiredActor&lt;TRole&gt;</c> the messages, whose first frame is the topic.</typeparam>
    /// <param name="endpoint">Where subscribers connect.</param>
    /// <param name="options">Changes to the settings.</param>
    public ZeroMqBuilder Publish<TRole>(string endpoint, Func<PublishSettings, PublishSettings>? options = null) =>
        Add<TRole, PublishSettings>(StopTurn.Sender, new PublishSettings { Name = NameOf<TRole>(), Socket = Binds<TRole>(endpoint) }, options, PublishRole.Props);

    /// <summary>A subscribe role, which connects.</summary>
    /// <typeparam name="TRole">The key.</typeparam>
    /// <typeparam name="THandler">The actor that is told the messages, made by dependency injection.</typeparam>
    /// <param name="endpoint">The publisher.</param>
    /// <param name="topics">The prefixes to receive; an empty one takes all.</param>
    /// <param name="options">Changes to the settings.</param>
    public ZeroMqBuilder Subscribe<TRole, THandler>(string endpoint, IReadOnlyList<string> topics, Func<SubscribeSettings, SubscribeSettings>? options = null)
        where THandler : ActorBase => Subscribe<TRole>(endpoint, topics, Injected<THandler>(), options);

    /// <summary>A subscribe role, which connects.</summary>
    /// <typeparam name="TRole">The key.</typeparam>
    /// <param name="endpoint">The publisher.</param>
    /// <param name="topics">The prefixes to receive; an empty one takes all.</param>
    /// <param name="handler">The actor that is told the messages.</param>
    /// <param name="options">Changes to the settings.</param>
    public ZeroMqBuilder Subscribe<TRole>(string endpoint, IReadOnlyList<string> topics, Props handler, Func<SubscribeSettings, SubscribeSettings>? options = null) => Subscribe<TRole>(endpoint, topics, Given(handler), options);

    private ZeroMqBuilder Subscribe<TRole>(string endpoint, IReadOnlyList<string> topics, HandlerSource handler, Func<SubscribeSettings, SubscribeSettings>? options)
    {
        ArgumentNullException.ThrowIfNull(topics);
        return Add<TRole, SubscribeSettings>(StopTurn.Receiver, new SubscribeSettings { Name = NameOf<TRole>(), Socket = Connects<TRole>(endpoint), Topics = topics }, options, handler, (settings, made) => SubscribeRole.Props(settings, made!));
    }
}

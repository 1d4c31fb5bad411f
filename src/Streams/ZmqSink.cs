using Actors.Streams.Stages;
using Actors.Transport;
using Akka.Streams.Dsl;

namespace Actors.Streams;

/// <summary>
/// Sinks that send to ZeroMQ peers. Each run of a sink starts a role with the given settings, and stops it when the stream has
/// ended and the role has sent what it had.
/// </summary>
/// <remarks>
/// <para>
/// Backpressure: the sink demands as much as the role has places for (<c>Outbound.Capacity</c>). While no peer takes messages,
/// those fill, and the stream waits.
/// </para>
/// <para>
/// The end: when upstream completes or fails, the role has the limit to hand what it has to its socket, or to have it acknowledged,
/// and then the socket its linger time. <see cref="SinkRole.Completion"/> tells what was not delivered.
/// </para>
/// <para>
/// Errors: a socket that fails is opened again with the backoff of its settings, and the stream waits meanwhile. When the role can
/// never open, or its actor is stopped, the sink cancels the stream with a <see cref="StreamRoleException"/>.
/// </para>
/// </remarks>
public static class ZmqSink
{
    /// <summary>
    /// A PUSH socket: each message goes to one of the connected pullers. With <see cref="PushSettings.Acknowledged"/>, it is sent
    /// again until a peer has acknowledged it, and the sink completes when all are.
    /// </summary>
    /// <param name="settings">The role's.</param>
    /// <param name="limit">The time that the role has at the end; default 10 s.</param>
    /// <exception cref="SocketSettingsException">A setting cannot work; the exception names it.</exception>
    public static Sink<Message, SinkRole> Push(PushSettings settings, TimeSpan? limit = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        // The sockets of an acknowledged role have nothing to deliver that is not acknowledged.
        var linger = settings.Acknowledged is null ? settings.Socket.Linger : TimeSpan.Zero;
        return Sink.FromGraph(new OutboundStage(settings.Name, "ZmqSink.Push", () => PushRole.Props(settings), limit ?? ZmqSource.Limit, linger));
    }

    /// <summary>
    /// A PUB socket: each message goes to the subscribers whose prefixes its first frame begins with. A slow subscriber does not hold
    /// the stream; what one misses at its high-water mark is counted.
    /// </summary>
    /// <param name="settings">The role's.</param>
    /// <param name="limit">The time that the role has at the end; default 10 s.</param>
    /// <exception cref="SocketSettingsException">A setting cannot work; the exception names it.</exception>
    public static Sink<Message, SinkRole> Publish(PublishSettings settings, TimeSpan? limit = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        return Sink.FromGraph(new OutboundStage(settings.Name, "ZmqSink.Publish", () => PublishRole.Props(settings), limit ?? ZmqSource.Limit, settings.Socket.Linger));
    }
}

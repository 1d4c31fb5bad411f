using Actors.Streams.Stages;
using Actors.Transport;
using Akka.Streams.Dsl;

namespace Actors.Streams;

/// <summary>
/// Flows through a request role: each element is a request, and its reply goes on. Each run of a flow starts a role with the given
/// settings, and stops it when the stream ends.
/// </summary>
/// <remarks>
/// <para>
/// Parallelism: <see cref="RequestSettings.MaxInFlight"/> requests are under way at once, 1 by default, and no more than
/// <c>Outbound.Capacity</c>. A request counts until its answer has gone downstream, so a slow stream asks no further ones, and slow
/// servers hold the stream.
/// </para>
/// <para>
/// The end: when upstream completes, the flow completes with the last answer, each within its
/// <see cref="RequestSettings.Timeout"/>. When downstream cancels or upstream fails, the requests under way are given up.
/// </para>
/// </remarks>
public static class ZmqFlow
{
    /// <summary>
    /// The replies, in the order of the requests. A request that ends without one (the exceptions of <see cref="RequestRole"/>) fails
    /// the stream; under a supervision strategy that resumes, it is left out.
    /// </summary>
    /// <param name="settings">The role's.</param>
    /// <exception cref="SocketSettingsException">A setting cannot work; the exception names it.</exception>
    public static Flow<Message, Message, StreamRole> Request(RequestSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        return Flow.FromGraph(new RequestStage<Message>(settings, "ZmqFlow.Request", isOrdered: true, answer => answer.Reply!, answer => answer.Failure));
    }

    /// <summary>The requests with their answers, as they end. A request without a reply is an element like the others.</summary>
    /// <param name="settings">The role's.</param>
    /// <exception cref="SocketSettingsException">A setting cannot work; the exception names it.</exception>
    public static Flow<Message, Answer, StreamRole> RequestUnordered(RequestSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        return Flow.FromGraph(new RequestStage<Answer>(settings, "ZmqFlow.RequestUnordered", isOrdered: false, answer => answer, _ => null));
    }
}

/// <summary>A request that has ended.</summary>
/// <param name="Request">The element that was sent.</param>
/// <param name="Reply">The reply; null when there was none.</param>
/// <param name="Failure">Why there was none, one of the exceptions of <see cref="RequestRole"/>; null with a reply.</param>
public sealed record Answer(Message Request, Message? Reply, Exception? Failure);

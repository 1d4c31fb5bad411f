using Akka.Actor;

namespace Actors;

/// <summary>
/// A proxy of pipelines (PULL in front, PUSH at the back): pushers and pullers come and go at endpoints that stay. Each message
/// goes to one puller, in turn, and none is dropped: while no puller takes them, the pushers wait.
/// </summary>
public static class StreamerRole
{
    /// <summary>Props of a streamer role.</summary>
    /// <param name="settings">Checked when the role starts, before it opens a socket.</param>
    public static Props Props(StreamerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return Akka.Actor.Props.Create(() => new StreamerActor(settings));
    }
}

/// <summary>A streamer role.</summary>
internal sealed class StreamerActor(StreamerSettings settings) : ProxyActor(settings, sendsUpstream: false);

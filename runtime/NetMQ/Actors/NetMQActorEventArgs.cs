namespace NetMQ;

/// <summary>Which actor is ready.</summary>
public class NetMQActorEventArgs : EventArgs
{
    /// <summary>Arguments for an event of this actor.</summary>
    public NetMQActorEventArgs(NetMQActor actor)
    {
        Actor = actor;
    }

    /// <summary>The actor that is ready.</summary>
    public NetMQActor Actor { get; }
}

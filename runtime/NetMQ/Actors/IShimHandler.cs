using NetMQ.Sockets;

namespace NetMQ;

/// <summary>The work of a <see cref="NetMQActor"/>.</summary>
public interface IShimHandler
{
    /// <summary>
    /// Runs on the actor's thread. It sends <see cref="OutgoingSocketExtensions.SignalOK"/> on the shim when it is ready,
    /// and returns when it receives <see cref="NetMQActor.EndShimMessage"/>.
    /// What it throws is not caught and ends the process, as on any thread.
    /// </summary>
    /// <param name="shim">The actor's end of the pipe to whoever created it; the actor disposes it.</param>
    void Run(PairSocket shim);
}

/// <summary>The work of a <see cref="NetMQActor"/>, as in <see cref="IShimHandler.Run"/>.</summary>
public delegate void ShimAction(PairSocket shim);

/// <summary>The work of a <see cref="NetMQActor"/> with a state, as in <see cref="IShimHandler.Run"/>.</summary>
public delegate void ShimAction<in T>(PairSocket shim, T state);

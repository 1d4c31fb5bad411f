using Actors.Transport;

namespace Actors;

/// <summary>
/// Implemented by a handler that wants to be told a <see cref="MessageBatch"/> instead of each <see cref="Message"/>: a pull or
/// a subscribe role then tells it at once what came together.
/// </summary>
/// <remarks>
/// A role knows the handler's type from its <c>Props</c>. A batch stands and falls as a whole: supervision does not tell how
/// far the handler had come, so a failure counts every message of the batch as dropped, and an acknowledged pull role gives
/// all of its tasks back. Roles that wait for an answer to each message (reply and worker) tell single messages in any case.
/// </remarks>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1040:Avoid empty interfaces", Justification = "It marks a type, as markers of Akka do.")]
public interface IReceiveBatches
{
    /// <summary>Whether handlers of these props are told batches.</summary>
    internal static bool IsImplementedBy(Akka.Actor.Props handler) => typeof(IReceiveBatches).IsAssignableFrom(handler.Type);
}

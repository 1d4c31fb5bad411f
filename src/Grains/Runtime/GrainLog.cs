using Akka.Actor;
using Akka.Event;

namespace Actors.Grains.Runtime;

/// <summary>What an operator is told of grains.</summary>
internal sealed class GrainLog(ActorSystem system)
{
    private readonly ILoggingAdapter _log = Logging.GetLogger(system, "grains");

    public void ActivationFailed(GrainId grain, Exception failure) => _log.Error(failure, "{0}: the activation has failed", grain);

    public void DeactivationFailed(GrainId grain, Exception failure) => _log.Error(failure, "{0}: OnDeactivate has failed", grain);

    public void TurnFailed(GrainId grain, Exception failure) => _log.Error(failure, "{0}: code that no call waits for has failed", grain);

    public void LookFailed(Exception failure) => _log.Error(failure, "a look at calls and activations that are due has failed");

    public void CallFailed(GrainId grain, string method, Exception failure) => _log.Warning(failure, "{0}: {1} has failed", grain, method);

    public void CommitFailed(GrainId grain, string method, Exception failure) => _log.Warning(failure, "{0}: the state could not be written after {1}; the call is tried at a new activation", grain, method);

    public void ReminderFailed(GrainId grain, string name, Exception failure) => _log.Warning(failure, "{0}: the reminder \"{1}\" has failed, and stays due", grain, name);

    public void RemindersUnread(int slice, Exception failure) => _log.Warning(failure, "reminders of slice {0} could not be read; they stay due", slice);
}

using System.Runtime.InteropServices;
using Actors.Hocon;
using Actors.Host.Configuration;
using Actors.Transport;
using Akka.Actor;

namespace Actors.Host.Running;

/// <summary>Runs a plan from start to end: the actor system, the signals, and the exit code.</summary>
internal static class HostRun
{
    public const int Success = 0;
    public const int Failed = 1;
    public const int Misconfigured = 2;

    /// <param name="plan">What to run.</param>
    /// <param name="errors">Where to say what the roles promise and what went wrong; the output belongs to handlers and sources.</param>
    /// <param name="stop">Cancelled to stop the host, besides the signals.</param>
    /// <returns>The exit code of the process.</returns>
    public static async Task<int> Run(HostPlan plan, TextWriter errors, CancellationToken stop)
    {
        var system = SystemSettings.Start(plan);
        var transport = ZmqTransport.Of(system);
        var started = new TaskCompletionSource<object>(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource<HostEnded>(TaskCreationOptions.RunContinuationsAsynchronously);
        var observer = system.ActorOf(Props.Create(() => new Observer(started, ended)), "observer");
        var drops = system.ActorOf(Props.Create(() => new DropLog()), "drops");
        var host = system.ActorOf(Props.Create(() => new HostActor(plan, observer)), "roles");
        void Stop() => host.Tell(StopHost.Instance);
        using var registration = stop.Register(Stop);
        // Handled here, so that the process does not end before what waits is delivered.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => { signal.Cancel = true; Stop(); });
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => { signal.Cancel = true; Stop(); });

        var code = Success;
        if (await started.Task is HostStartFailed failure)
        {
            errors.WriteLine(new ConfigError(Place(plan, failure, out var key), key, failure.Cause.Message));
            code = Misconfigured;
        }
        else
        {
            ContractText.AnnounceEngine(plan, errors);
            foreach (var role in plan.Roles) ContractText.Announce(role, errors);
            var end = await ended.Task;
            foreach (var status in end.Undelivered) errors.WriteLine($"{status.Role}: {status.Waiting} messages were not delivered within {plan.StopTimeout.TotalMilliseconds} ms");
            foreach (var failed in end.FailedRequests) errors.WriteLine($"{failed.Role}: {failed.Failed} of {failed.Requests} requests failed");
            if (end.Undelivered.Count > 0 || end.FailedRequests.Count > 0 || end.Unexpected) code = Failed;
        }
        // Until the last socket is closed, messages that nobody took may be dropped.
        await host.WatchAsync();
        await transport.SocketsClosed();
        await drops.GracefulStop(plan.StopTimeout);
        await StandardErrorLogger.AllWritten(system).WaitAsync(plan.StopTimeout).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await system.Terminate();
        try
        {
            foreach (var late in transport.FinishSending())
            {
                errors.WriteLine($"{late.Source}: dropped {late.Count} messages: {late.Reason}");
                if (late.Reason == DropReason.Unsent) code = Failed;
            }
        }
        catch (TimeoutException untold)
        {
            errors.WriteLine(untold.Message);
            code = Failed;
        }
        return code;
    }

    /// <summary>The key that a failure to open comes from: that of the endpoint, or the role as a whole.</summary>
    private static Origin Place(HostPlan plan, HostStartFailed failure, out string key)
    {
        var role = ConfigPath.Format(Keys.Roles.Name, failure.Role);
        key = failure.Cause switch
        {
            JournalException => $"{role}.{Keys.JournalFile.Name}",
            EndpointException cause => EndpointKey.Find(plan.File, failure.Role, cause.Endpoint) ?? role,
            _ => role,
        };
        return plan.File.OriginOf(key);
    }

    /// <summary>Hands what the host actor reports to the tasks that wait for it.</summary>
    private sealed class Observer : ReceiveActor
    {
        public Observer(TaskCompletionSource<object> started, TaskCompletionSource<HostEnded> ended)
        {
            Receive<HostStarted>(message => started.TrySetResult(message));
            Receive<HostStartFailed>(message => started.TrySetResult(message));
            Receive<HostEnded>(message =>
            {
                // A host that is stopped while it starts ends without having started.
                started.TrySetResult(message);
                ended.TrySetResult(message);
            });
        }
    }
}

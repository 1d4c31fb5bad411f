using Actors.Grains.Clustering;
using Actors.Hocon;
using Actors.Host.Commands;
using Actors.Host.Control;
using Actors.Host.Http;
using Actors.Host.Grains;
using Actors.Host.Telemetry;
using Actors.Host.Reload;
using Actors.Host.ServiceManager;
using Actors.Host.Status;
using Actors.Hosting;
using Actors.Hosting.Configuration;
using Actors.Hosting.Handlers;
using Actors.Transport;
using Akka.Actor;
using Akka.Event;

namespace Actors.Host.Running;

/// <summary>Runs a plan from start to end: the actor system, the signals, and the exit code.</summary>
internal static class HostRun
{
    /// <param name="plan">What to run.</param>
    /// <param name="output">Where handlers and sources print. The host stops when it cannot be written to.</param>
    /// <param name="errors">Where to say what the roles promise and what went wrong.</param>
    /// <param name="stop">Cancelled to stop the host, besides the signals.</param>
    /// <param name="again">Where a reload gets its plan from; null for a host that cannot reload.</param>
    /// <param name="reports">Where to say how it started and what went wrong; null for lines on <paramref name="errors"/>.</param>
    /// <returns>The exit code of the process.</returns>
    public static async Task<int> Run(HostPlan plan, HandlerOutput output, TextWriter errors, CancellationToken stop, ReloadSource? again = null, IRunReport? reports = null)
    {
        using var time = new StopTime(plan.StopTimeout, TimeProvider.System, () => Environment.Exit(ExitCode.Failed));
        using var lines = ProgramExtras.Of(plan).LogFormat == LogFormat.Json ? new JsonLines(errors) : null;
        if (lines is not null) output.Errors = errors = TextWriter.Synchronized(lines);
        var telemetry = HostTelemetry.Start(plan, Environment.GetEnvironmentVariable);
        try
        {
            return await Run(plan, output, errors, reports ?? new RunLines(errors), time, telemetry, stop, again);
        }
        finally
        {
            // A collector that does not answer holds nothing up for longer than there is time.
            await time.Wait(Task.Run(telemetry.Dispose));
        }
    }

    private static async Task<int> Run(HostPlan plan, HandlerOutput output, TextWriter errors, IRunReport report, StopTime time, HostTelemetry telemetry, CancellationToken stop, ReloadSource? again)
    {
        var service = ServiceNotices.OfThisProcess();
        ReloadTrigger? trigger = null;
        using var signals = new StopSignals(stop, again?.Watch == true ? () => Volatile.Read(ref trigger)?.Ask() : null);
        var system = SystemSettings.Start(LogLevels.Raised(plan) with { Setup = new HostLogSetup(telemetry.Log) });
        var transport = ZmqTransport.Of(system);
        transport.LingerAtMost(() => time.Left);
        var started = new TaskCompletionSource<object>(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource<HostEnded>(TaskCreationOptions.RunContinuationsAsynchronously);
        var observer = system.ActorOf(Props.Create(() => new Observer(started, ended)), "observer");
        var isIncomplete = false;
        Action<string, long, DropReason> write = (source, count, reason) =>
        {
            // What an orderly stop should have delivered or worked on. Read when the actor that calls this has ended.
            isIncomplete |= reason is DropReason.Stopped or DropReason.Unread;
            LogOf(system, source).Warning("{0}: dropped {1} messages: {2}", source, count, reason);
            report.Dropped(source, count, reason);
        };
        var drops = system.ActorOf(Props.Create(() => new DropLog(write)), "drops");
        var states = system.ActorOf(Props.Create(() => new StatusActor(plan, TimeProvider.System)), "status");
        var reader = new StatusReader(system, plan, states, TimeProvider.System);
        // Before anything else starts, because the endpoint may be taken.
        var http = await HttpServing.Start(plan, reader, system, errors);
        var keys = KeyFiles.Of(plan.File);
        var grains = plan.Part as GrainsPlan;
        var node = grains is null ? null : GrainsNode.Start(system, grains);
        var up = node?.Up ?? Task.CompletedTask;
        var host = system.ActorOf(Props.Create(() => new HostActor(plan, time, states, observer, up)), "roles");
        using var reloader = new Reloader(plan, keys, again?.Read, host);
        var answers = new HostControl(reader, host, reloader, LogLevels.Of(system));
        using var control = ControlStart.Open(ProgramExtras.Of(plan).Control, answers.Answer, warning => system.Log.Warning("{0}", warning));
        if (service.AliveInterval is { } interval) system.ActorOf(Props.Create(() => new Watchdog(service, host, interval)), "watchdog");
        signals.Start(first: () =>
        {
            service.Stopping();
            host.Tell(StopHost.Instance);
        }, second: () =>
        {
            time.Begin();
            time.Hurry();
            host.Tell(StopHostNow.Instance);
        });
        // The handler or source that could not print has stopped, so this does not consume messages that nobody sees.
        _ = output.Failed.ContinueWith(_ => host.Tell(StopHost.Instance), TaskScheduler.Default);

        // A node that is shut out ends its actor system by itself: nothing can be delivered any more.
        _ = node?.ShutOut.ContinueWith(_ => host.Tell(StopHostNow.Instance), TaskScheduler.Default);
        _ = system.WhenTerminated.ContinueWith(
            _ =>
            {
                var end = new HostEnded([], Unexpected: true);
                started.TrySetResult(end);
                ended.TrySetResult(end);
            },
            TaskScheduler.Default);

        var code = ExitCode.Success;
        if (await started.Task is HostStartFailed failure)
        {
            time.Begin();
            report.Error(Mistake(plan, failure));
            code = ExitCode.Misconfigured;
        }
        else
        {
            if (again?.Watch == true) Volatile.Write(ref trigger, new ReloadTrigger(reloader, Logging.GetLogger(system, "reload"), errors.WriteLine, TimeProvider.System));
            await report.Started(plan, reader);
            service.Ready(plan.Roles.Count == 1 ? "1 role runs" : $"{plan.Roles.Count} roles run");
            var end = await ended.Task;
            service.Stopping();
            time.Begin();
            trigger?.Dispose();
            if (output.Failed.IsCompleted) report.Problem($"standard output: {(await output.Failed).Message}; the host stops, because handlers and sources cannot print");
            foreach (var status in end.Undelivered) report.Undelivered(status, Undelivered(end.Plan ?? plan, status, time));
            foreach (var failed in end.FailedRequests) report.Failed(failed);
            if (end.Undelivered.Count > 0 || end.FailedRequests.Count > 0 || end.Unexpected || output.Failed.IsCompleted) code = ExitCode.Failed;
        }
        if (node?.ShutOut is { IsCompleted: true } shutOut)
        {
            report.Problem(await shutOut == ClusterEnd.Downed
                ? "grains: the cluster goes on without this node, because the others could not reach it, or it could not reach enough of them; the host stops. Its grains are activated elsewhere. Start it again to have it join anew"
                : "grains: no seed node let this node in; the host stops");
            code = ExitCode.Failed;
        }
        if (http is not null) await time.Wait(http.DisposeAsync().AsTask());
        return await Close(system, transport, host, drops, control, time, telemetry, report) && !isIncomplete ? code : Math.Max(code, ExitCode.Failed);
    }

    /// <summary>The log of the role that a source of drops belongs to; a socket is named behind its role.</summary>
    private static ILoggingAdapter LogOf(ActorSystem system, string source) => Logging.GetLogger(system, $"/user/roles/{Uri.EscapeDataString(source.Split('.')[0])}");

    private static string Undelivered(HostPlan plan, RoleStatus status, StopTime time)
    {
        var what = plan.Roles.FirstOrDefault(role => role.Name == status.Role)?.Pattern is RolePattern.Pull or RolePattern.Subscribe ? "worked on" : "delivered";
        var when = time.IsHurried ? "before the second request to stop" : $"within {plan.StopTimeout.TotalMilliseconds} ms";
        if (status.Waiting == 0) return $"{status.Role}: not known to have worked on all that its peers had sent {when}";
        return $"{status.Role}: {status.Waiting} messages were not {what} {when}";
    }

    /// <summary>Closes everything, as far as there is time for it.</summary>
    /// <returns>True when everything is closed, and nothing was lost that the sockets had not sent.</returns>
    private static async Task<bool> Close(ActorSystem system, ZmqTransport transport, IActorRef host, IActorRef drops, ControlServer? control, StopTime time, HostTelemetry telemetry, IRunReport report)
    {
        // Until the last socket is closed, messages that nobody took may be dropped.
        var rolesEnded = await time.Wait(host.WatchAsync());
        if (!rolesEnded) report.Problem("a handler or source did not end in time; what it has in hand is not known to be done");
        var closed = rolesEnded && await time.Wait(transport.SocketsClosed());
        await time.Wait(drops.GracefulStop(Timeout.InfiniteTimeSpan));
        await time.Wait(StandardErrorLogger.AllWritten(system));
        // While the roles' counts can still be read. A collector that does not answer leaves half of the time for the rest.
        await Task.Run(telemetry.Flush).WaitAsync((time.Left ?? TimeSpan.Zero) / 2).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // Its socket is one that the engine would wait for.
        control?.Dispose();
        closed &= await time.Wait(system.Terminate());
        if (!closed) return false;
        try
        {
            var sent = true;
            foreach (var late in transport.FinishSending((time.Left ?? TimeSpan.Zero) + StopTime.Grace / 2))
            {
                report.DroppedLate(late.Source, late.Count, late.Reason);
                sent &= late.Reason != DropReason.Unsent;
            }
            return sent;
        }
        catch (TimeoutException untold)
        {
            report.Problem(untold.Message);
            return false;
        }
    }

    private static ConfigError Mistake(HostPlan plan, HostStartFailed failure)
    {
        if (failure.Role is not null) return new ConfigError(Place(plan, failure.Role, failure.Cause, out var key), key, failure.Cause.Message);
        return plan.Part!.Blame(failure.Cause, plan.File) ?? new ConfigError(plan.File.OriginOf(GrainsKeys.Grains.Name), GrainsKeys.Grains.Name, $"the node does not start: {failure.Cause.Message}");
    }

    /// <summary>The key that a failure to open comes from: that of the endpoint, or the role as a whole.</summary>
    private static Origin Place(HostPlan plan, string name, Exception why, out string key)
    {
        var role = ConfigPath.Format(Keys.Roles.Name, name);
        key = why switch
        {
            JournalException => $"{role}.{Keys.JournalFile.Name}",
            EndpointException cause => EndpointKey.Find(plan.File, name, cause.Endpoint) ?? role,
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

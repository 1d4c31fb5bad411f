using Actors.Host.Telemetry;
using Akka.Actor;
using Akka.Event;

namespace Actors.Host.Running;

/// <summary>Has the log written to standard error, a line an event, so that standard output holds only what passes.</summary>
internal sealed class StandardErrorLogger : ReceiveActor
{
    private const string Roles = "/user/roles/";
    private const string Poller = "/system/zmq-poller-";

    private readonly HostLog _log;
    private readonly bool _isOwn;
    private readonly LogTap _tap;

    /// <summary>Made by Akka, by its type name in <c>akka.loggers</c>.</summary>
    public StandardErrorLogger()
    {
        var setup = Context.System.Settings.Setup.Get<HostLogSetup>();
        _isOwn = !setup.HasValue;
        _log = setup.HasValue ? setup.Value.Log : new HostLog(LogFormat.Text);
        _tap = new LogTap(Context.System, _log);
        Receive<InitializeLogger>(_ =>
        {
            Context.System.EventStream.Subscribe(_tap, typeof(LogEvent));
            Context.System.EventStream.Subscribe(Self, typeof(WrittenSoFar));
            Sender.Tell(new LoggerInitialized(), Self);
        });
        // The tap has it already.
        Receive<LogEvent>(_ => { });
        Receive<WrittenSoFar>(message => _log.Written().ContinueWith(_ => message.Told.TrySetResult(), TaskScheduler.Default));
    }

    protected override void PostStop()
    {
        Context.System.EventStream.Unsubscribe(_tap);
        if (_isOwn) _log.Dispose();
    }

    /// <summary>
    /// Waits until what was logged before is written, because a logger that is stopped leaves what waits in its mailbox.
    /// At once when the log goes elsewhere.
    /// </summary>
    public static Task AllWritten(ActorSystem system)
    {
        var message = new WrittenSoFar(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        if (!system.Settings.Loggers.Any(name => name.StartsWith(typeof(StandardErrorLogger).FullName!, StringComparison.Ordinal))) return Task.CompletedTask;
        system.EventStream.Publish(message);
        return message.Told.Task;
    }

    /// <summary>The role whose actor has logged, from the path of the actor; "host" for all others.</summary>
    internal static string RoleOf(string source)
    {
        // Akka puts the address of the actor system behind the path of a log that is no actor's.
        var path = source.Trim('[', ']').Split('#')[0].Split('(')[0].TrimEnd();
        if (path.IndexOf(Roles, StringComparison.Ordinal) is >= 0 and var roles)
        {
            // Below the host's actor "roles", a role and its source have the name of the role.
            var name = path[(roles + Roles.Length)..].Split('/')[0];
            return Uri.UnescapeDataString(name.EndsWith(HostActor.SourceSuffix, StringComparison.Ordinal) ? name[..^HostActor.SourceSuffix.Length] : name);
        }
        if (path.IndexOf(Poller, StringComparison.Ordinal) is not (>= 0 and var poller)) return "host";
        // Below a poller, a socket has the name of its role and a number.
        var parts = path[(poller + Poller.Length)..].Split('/');
        return parts.Length > 1 && parts[1].LastIndexOf('-') is > 0 and var end ? Uri.UnescapeDataString(parts[1][..end]) : "host";
    }

    private sealed record WrittenSoFar(TaskCompletionSource Told);
}

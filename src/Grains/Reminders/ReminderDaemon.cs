using Actors.Grains.Runtime;
using Actors.Grains.Storage;
using Akka.Actor;
using Akka.Cluster.Sharding;

namespace Actors.Grains.Reminders;

/// <summary>
/// Fires the reminders of some slices. The cluster runs each daemon once, on one of the nodes that host grains with reminders.
/// Should two run for a moment, the id of a firing is the same, and only one of them moves the reminder.
/// </summary>
internal sealed class ReminderDaemon : ReceiveActor
{
    /// <summary>The cluster role of the nodes that run daemons.</summary>
    public const string Role = "grain-reminders";

    private const int Daemons = 4;
    private const int MostAtOnce = 256;

    private static readonly TimeSpan s_scan = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestRetry = TimeSpan.FromMinutes(1);

    private readonly Dictionary<(string Kind, string Key, string Name), Try> _tries = [];
    private readonly GrainRuntime _runtime;
    private readonly int _first;
    private ITimer? _clock;
    private bool _scans;
    private bool _mustScanAgain;

    public ReminderDaemon(GrainRuntime runtime, int number)
    {
        _runtime = runtime;
        _first = number;
        Receive<Tick>(_ => Scan());
        Receive<Found>(found =>
        {
            _scans = false;
            foreach (var reminder in found.Due) Fire(reminder);
            ForgetRemoved(found.Due);
            if (_mustScanAgain) Scan();
        });
        Receive<Fired>(fired =>
        {
            HasFired(fired);
            // It may be due again already, or have hidden others behind the limit.
            Scan();
        });
    }

    private sealed record Tick
    {
        public static readonly Tick Instance = new();
    }

    private sealed record Found(IReadOnlyList<ReminderRow> Due);

    private sealed record Fired(ReminderRow Reminder, Exception? Failure);

    /// <summary>One firing that has not come to its end.</summary>
    private sealed class Try
    {
        public bool Runs { get; set; }

        public TimeSpan Backoff { get; set; } = TimeSpan.FromSeconds(1);

        /// <summary>Not before this timestamp.</summary>
        public long NotBefore { get; set; }
    }

    /// <summary>Starts the daemons of the cluster, on every node that hosts grains with reminders.</summary>
    public static void Start(GrainRuntime runtime)
    {
        var settings = ShardedDaemonProcessSettings.Create(runtime.System).WithRole(Role);
        ShardedDaemonProcess.Get(runtime.System).Init(
            "grain-reminders",
            Daemons,
            number => Props.CreateBy(new Producer<ReminderDaemon>(() => new ReminderDaemon(runtime, number))),
            settings,
            PoisonPill.Instance);
    }

    protected override void PreStart()
    {
        var self = Self;
        _clock = _runtime.Time.CreateTimer(_ => self.Tell(Tick.Instance), null, TimeSpan.Zero, s_scan);
    }

    protected override void PostStop() => _clock?.Dispose();

    private void Scan()
    {
        _mustScanAgain = _scans;
        if (_scans) return;
        _scans = true;
        // Those that fail stay the longest due, and must not hide the others.
        Read(_runtime.Time.GetUtcNow(), MostAtOnce + _tries.Count).PipeTo(Self);
    }

    private async Task<Found> Read(DateTimeOffset now, int most)
    {
        var due = new List<ReminderRow>();
        for (var slice = _first; slice < ReminderRow.Slices; slice += Daemons)
        {
            try
            {
                due.AddRange(await _runtime.Store.ReadDueAsync(slice, now, most, _runtime.Stopping).ConfigureAwait(false));
            }
            catch (Exception failure) when (!_runtime.Stopping.IsCancellationRequested)
            {
                _runtime.Log.RemindersUnread(slice, failure);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }
        return new Found(due);
    }

    private void Fire(ReminderRow reminder)
    {
        var name = (reminder.Kind, reminder.Key, reminder.Name);
        if (!_tries.TryGetValue(name, out var tried)) _tries[name] = tried = new Try();
        if (tried.Runs || _runtime.Time.GetTimestamp() < tried.NotBefore) return;
        tried.Runs = true;
        FireAndAdvance(reminder).PipeTo(Self);
    }

    /// <summary>A reminder that failed and was removed, or set anew, is not due any more.</summary>
    private void ForgetRemoved(IReadOnlyList<ReminderRow> due)
    {
        if (_tries.Count <= due.Count) return;
        var names = due.Select(reminder => (reminder.Kind, reminder.Key, reminder.Name)).ToHashSet();
        foreach (var (name, tried) in _tries)
        {
            if (!tried.Runs && !names.Contains(name)) _tries.Remove(name);
        }
    }

    private async Task<Fired> FireAndAdvance(ReminderRow reminder)
    {
        try
        {
            var route = _runtime.RouteOf(reminder.Kind);
            var call = new ReminderCall(reminder)
            {
                Route = route,
                Key = reminder.Key,
                Method = ReminderCall.TheMethod,
                Deadline = _runtime.DeadlineIn(_runtime.Settings.CallTimeout),
            };
            var done = call.AsTask();
            _runtime.Send(call);
            await done.ConfigureAwait(false);
            await _runtime.Store.AdvanceReminderAsync(reminder, Next(reminder, _runtime.Time.GetUtcNow()), _runtime.Stopping).ConfigureAwait(false);
            return new Fired(reminder, null);
        }
        catch (Exception failure)
        {
            return new Fired(reminder, failure);
        }
    }

    /// <summary>The next due time of the reminder's own row of times; those that nobody ran for are left out.</summary>
    internal static DateTimeOffset? Next(ReminderRow reminder, DateTimeOffset now)
    {
        if (reminder.Period == TimeSpan.Zero) return null;
        var periods = Math.Max(0, (now - reminder.Due).Ticks / reminder.Period.Ticks) + 1;
        return reminder.Due + periods * reminder.Period;
    }

    private void HasFired(Fired fired)
    {
        var name = (fired.Reminder.Kind, fired.Reminder.Key, fired.Reminder.Name);
        if (fired.Failure is not { } failure)
        {
            _tries.Remove(name);
            return;
        }
        if (!_tries.TryGetValue(name, out var tried)) return;
        tried.Runs = false;
        tried.NotBefore = _runtime.DeadlineIn(tried.Backoff);
        tried.Backoff = tried.Backoff * 2 < s_longestRetry ? tried.Backoff * 2 : s_longestRetry;
        if (!_runtime.Stopping.IsCancellationRequested) _runtime.Log.ReminderFailed(new GrainId(fired.Reminder.Kind, fired.Reminder.Key), fired.Reminder.Name, failure);
    }
}

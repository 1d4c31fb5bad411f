using System.Globalization;
using Actors;
using Akka.Actor;

namespace Benchmarks.Roles;

/// <summary>A journal in a folder that goes with the measurement.</summary>
internal sealed class TemporaryJournal : IDisposable
{
    /// <summary>Tasks on their way: enough that a commit never waits for tasks.</summary>
    public const int Capacity = 50_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("journal").FullName;

    public JournalSettings Settings => new(Path.Combine(_folder, "journal"));

    /// <summary>Says how many messages shared a commit.</summary>
    public void Report(IActorRef role)
    {
        var status = role.Ask<RoleStatus>(GetRoleStatus.Instance, Patience).GetAwaiter().GetResult();
        var (journal, ledger) = (status.Journal!, status.Ledger!.Value);
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  journal of the push end: {ledger.Accepted} messages in {journal.Commits} commits, {(double)ledger.Accepted / journal.Commits:F0} a commit"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

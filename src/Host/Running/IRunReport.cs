using Actors.Host.Commands;
using Actors.Host.Grains;
using Actors.Host.Status;
using Actors.Hosting;
using Actors.Hosting.Configuration;
using Actors.Hosting.Sources;
using Actors.Transport;

namespace Actors.Host.Running;

/// <summary>Where a run of a host says how it started, what went wrong and what was lost, beside its log. Safe to use from any thread.</summary>
internal interface IRunReport : IPlanMistakes
{
    /// <summary>All roles are open and all sources run.</summary>
    Task Started(HostPlan plan, StatusReader status);

    /// <summary>Something went wrong; the exit code is not 0.</summary>
    /// <param name="text">In a line.</param>
    void Problem(string text);

    /// <summary>A role did not deliver or work on all that it had.</summary>
    void Undelivered(RoleStatus role, string text);

    /// <summary>Requests of a role had no reply.</summary>
    void Failed(RequestsFailed requests);

    /// <summary>Messages were dropped while the host ran, which its log says too.</summary>
    void Dropped(string source, long count, DropReason reason);

    /// <summary>Messages were dropped when the sockets were closed, behind the end of the log.</summary>
    void DroppedLate(string source, long count, DropReason reason);

    /// <summary>The host has ended.</summary>
    void Ended(int code);
}

/// <summary>Lines on standard error.</summary>
internal sealed class RunLines(TextWriter errors) : IRunReport
{
    public void Warning(ConfigWarning warning) => errors.WriteLine(warning);

    public void Error(ConfigError error) => errors.WriteLine(error);

    public Task Started(HostPlan plan, StatusReader status)
    {
        ContractText.AnnounceEngine(plan, errors);
        if (plan.Part is GrainsPlan grains) GrainsText.Announce(grains, errors);
        foreach (var role in plan.Roles) ContractText.Announce(role, errors);
        return Task.CompletedTask;
    }

    public void Problem(string text) => errors.WriteLine(text);

    public void Undelivered(RoleStatus role, string text) => errors.WriteLine(text);

    public void Failed(RequestsFailed requests) => errors.WriteLine(RunText.Of(requests));

    public void Dropped(string source, long count, DropReason reason)
    {
        // The log has it.
    }

    public void DroppedLate(string source, long count, DropReason reason) => errors.WriteLine($"{source}: dropped {count} messages: {reason}");

    public void Ended(int code)
    {
        // The exit code says it.
    }
}

/// <summary>Sentences of a run.</summary>
internal static class RunText
{
    public static string Of(RequestsFailed requests) => $"{requests.Role}: {requests.Failed} of {requests.Requests} requests failed";
}

namespace Actors.Hosting.Configuration;

/// <summary>Tells people what a role promises.</summary>
internal static class ContractText
{
    /// <summary>The engine that all sockets are on.</summary>
    public static void AnnounceEngine(HostPlan plan, TextWriter output) => output.WriteLine($"engine: {plan.Engine}");

    /// <summary>All of it, for <c>check</c>.</summary>
    public static void Explain(RolePlan role, TextWriter output)
    {
        output.WriteLine(Title(role));
        output.WriteLine($"  promises  {role.Contract.Promise}");
        output.WriteLine($"  may lose  {role.Contract.Loss}");
        output.WriteLine($"  counts    {role.Contract.Counted}");
    }

    /// <summary>In a line, for the start of the host.</summary>
    public static void Announce(RolePlan role, TextWriter output) => output.WriteLine($"{Title(role)}: {role.Contract.Promise}");

    private static string Title(RolePlan role) => $"{role.Name}: {role.Pattern.ToString().ToLowerInvariant()} on {string.Join(", ", role.Endpoints)}";
}

namespace Actors.Grains.Runtime;

/// <summary>The configuration of Akka that grains need.</summary>
internal static class GrainsConfig
{
    public static string Of(GrainSettings settings)
    {
        var roles = string.Join(", ", Roles(settings).Select(role => $"\"{role}\""));
        return $$"""
            akka.actor.provider = cluster
            akka.remote.dot-netty.tcp.hostname = "127.0.0.1"
            akka.remote.dot-netty.tcp.port = 0
            akka.cluster.roles = [{{roles}}]
            akka.cluster.min-nr-of-members = 1
            akka.cluster.sharding.state-store-mode = ddata
            akka.cluster.sharding.passivate-idle-entity-after = off
            akka.cluster.sharding.remember-entities = off
            akka.actor.serializers.actors-grains = "{{typeof(GrainSerializer).AssemblyQualifiedName}}"
            akka.actor.serialization-bindings."{{typeof(Calls.GrainCall).AssemblyQualifiedName}}" = actors-grains
            akka.actor.serialization-bindings."{{typeof(CallReply).AssemblyQualifiedName}}" = actors-grains
            akka.actor.serialization-bindings."{{typeof(CallAgain).AssemblyQualifiedName}}" = actors-grains
            akka.actor.serialization-bindings."{{typeof(CancelCall).AssemblyQualifiedName}}" = actors-grains
            """;
    }

    /// <summary>What other nodes know of this one: the kinds that it hosts, and whether it fires reminders.</summary>
    private static IEnumerable<string> Roles(GrainSettings settings)
    {
        foreach (var kind in settings.Kinds) yield return GrainRegions.RoleOf(kind.Interface.Kind);
        if (settings.HasReminders) yield return Reminders.ReminderDaemon.Role;
    }
}

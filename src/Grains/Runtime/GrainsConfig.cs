using System.Text;
using Actors.Grains.Calls;
using Actors.Grains.Clustering;
using Actors.Grains.Reminders;

namespace Actors.Grains.Runtime;

/// <summary>The configuration of Akka for a node with grains.</summary>
internal static class GrainsConfig
{
    private const string Serializer = "actors-grains";

    /// <summary>What this project's serializer writes; anything else between nodes is Akka's own, or refused.</summary>
    private static readonly Type[] s_messages = [typeof(GrainCall), typeof(CallReply), typeof(CallAgain), typeof(CancelCall), typeof(GrainEntity.HandOff)];

    /// <exception cref="ClusterSettingsException">A setting of the cluster cannot work.</exception>
    public static string Of(GrainSettings settings)
    {
        var text = new StringBuilder(ClusterConfig.Of(settings.Cluster with { Roles = [.. settings.Cluster.Roles, .. Roles(settings)] }));
        text.Append($"\nakka.actor.serializers.{Serializer} = \"{NameOf(typeof(GrainSerializer))}\"\n");
        foreach (var message in s_messages) text.Append($"akka.actor.serialization-bindings.\"{NameOf(message)}\" = {Serializer}\n");
        text.Append($"{EntityMailbox.Path}.mailbox-type = \"{NameOf(typeof(EntityMailbox))}\"\n");
        return text.ToString();
    }

    private static string NameOf(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";

    /// <summary>What other nodes know of this one: the kinds that it hosts, and whether it fires reminders.</summary>
    private static IEnumerable<string> Roles(GrainSettings settings)
    {
        foreach (var kind in settings.Kinds) yield return GrainRegions.RoleOf(kind.Interface.Kind);
        if (settings.HasReminders) yield return ReminderDaemon.Role;
    }
}

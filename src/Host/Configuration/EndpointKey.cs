using Actors.Hocon;

namespace Actors.Host.Configuration;

/// <summary>Finds the key of a role that names an endpoint, for errors that are known by the endpoint only.</summary>
internal static class EndpointKey
{
    private static readonly Key?[] s_sections =
        [null, Keys.PullSection, Keys.PushSection, Keys.ClientsSection, Keys.ServersSection, Keys.PlainServersSection, Keys.Retained, Keys.QueueSection, Keys.FrontendSection, Keys.BackendSection, Keys.CaptureSection];

    /// <summary>The path of the key, or null where the role's keys do not name the endpoint.</summary>
    public static string? Find(ConfigFile file, string role, string endpoint)
    {
        var path = ConfigPath.Format(Keys.Roles.Name, role);
        foreach (var part in s_sections)
        {
            var section = part is null ? path : $"{path}.{part.Name}";
            foreach (var end in new[] { Keys.Bind, Keys.Connect })
                if (file.Sets($"{section}.{end.Name}", endpoint)) return $"{section}.{end.Name}";
        }
        return null;
    }
}

using Actors.Hocon;

namespace Actors.Hosting.Configuration;

/// <summary>Finds the keys of a role that name endpoints, for errors that are known by the endpoint only.</summary>
internal static class EndpointKey
{
    private static readonly Key?[] s_sections =
        [null, Keys.PullSection, Keys.PushSection, Keys.ClientsSection, Keys.ServersSection, Keys.PlainServersSection, Keys.Retained, Keys.QueueSection, Keys.FrontendSection, Keys.BackendSection, Keys.CaptureSection];

    /// <summary>The path of the key, or null where the role's keys do not name the endpoint.</summary>
    public static string? Find(ConfigFile file, string role, string endpoint)
    {
        foreach (var section in SectionsOf(role))
        {
            foreach (var end in new[] { Keys.Bind, Keys.Connect })
                if (file.Texts($"{section}.{end.Name}").Contains(endpoint)) return $"{section}.{end.Name}";
        }
        return null;
    }

    /// <summary>All endpoints that a role binds, each with the path of its key.</summary>
    public static IEnumerable<(string Key, string Endpoint)> Bound(ConfigFile file, string role) =>
        SectionsOf(role).Select(section => $"{section}.{Keys.Bind.Name}").SelectMany(key => file.Texts(key), (key, endpoint) => (key, endpoint));

    private static IEnumerable<string> SectionsOf(string role)
    {
        var path = ConfigPath.Format(Keys.Roles.Name, role);
        return s_sections.Select(part => part is null ? path : $"{path}.{part.Name}");
    }
}

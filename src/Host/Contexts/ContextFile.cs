using System.Text;
using Actors.Hocon;
using Actors.Host.Commands;
using Actors.Host.Commands.Sockets;

namespace Actors.Host.Contexts;

/// <summary>The HOCON of a context.</summary>
internal static class ContextFile
{
    private static readonly string[] s_keys = ["bind", "connect", "type", "security"];
    private static readonly (string Name, Func<SecurityChoice, string?> Value)[] s_security =
    [
        ("mechanism", choice => choice.Mechanism),
        ("server-key", choice => choice.ServerKey),
        ("key-file", choice => choice.KeyFile),
        ("secret-key", choice => choice.SecretKey),
        ("clients", choice => choice.Clients),
        ("username", choice => choice.Username),
        ("password", choice => choice.Password),
        ("users", choice => choice.Users),
    ];

    /// <summary>Keys and values of the security section that are set; secrets are <c>(secret)</c> unless they are asked for.</summary>
    public static IEnumerable<(string Key, string Value)> SecurityOf(SavedContext context, bool withSecrets) =>
        from key in s_security
        let value = key.Value(context.Security)
        where value is not null
        select (key.Name, withSecrets || key.Name is not ("secret-key" or "password") ? value : "(secret)");

    public static string Write(SavedContext context)
    {
        var text = new StringBuilder("# A context of actors: endpoints and keys. It may hold secrets: keep it from others (mode 0600).\n");
        text.Append("bind = [").AppendJoin(", ", context.Bind.Select(HoconWriter.Quote)).Append("]\n");
        text.Append("connect = [").AppendJoin(", ", context.Connect.Select(HoconWriter.Quote)).Append("]\n");
        if (context.Type is not null) text.Append("type = ").Append(HoconWriter.Quote(context.Type)).Append('\n');
        foreach (var (key, value) in SecurityOf(context, withSecrets: true)) text.Append("security.").Append(key).Append(" = ").Append(HoconWriter.Quote(value)).Append('\n');
        return text.ToString();
    }

    /// <exception cref="ToolException">The text is not that of a context; names the line.</exception>
    public static SavedContext Read(string path, string text)
    {
        try
        {
            var root = new HoconDocument().AddText(text, path).ResolveObject();
            Allow(root, s_keys, "");
            var security = root.Field("security")?.Value as ConfigObject ?? ConfigObject.Empty;
            Allow(security, [.. s_security.Select(key => key.Name)], "security.");
            string? Text(string key) => security.Get<string?>(key, ConfigTypes.Text!, null);
            return new SavedContext
            {
                Bind = root.Get("bind", ConfigTypes.Text.List, []),
                Connect = root.Get("connect", ConfigTypes.Text.List, []),
                Type = root.Get<string?>("type", ConfigTypes.Text!, null),
                Security = new SecurityChoice
                {
                    Mechanism = Text("mechanism"),
                    ServerKey = Text("server-key"),
                    KeyFile = Text("key-file"),
                    SecretKey = Text("secret-key"),
                    Clients = Text("clients"),
                    Username = Text("username"),
                    Password = Text("password"),
                    Users = Text("users"),
                },
            };
        }
        catch (HoconFormatException fault)
        {
            throw ToolException.Usage(fault.Message);
        }
    }

    private static void Allow(ConfigObject section, string[] keys, string before)
    {
        foreach (var field in section.Fields)
        {
            if (!keys.Contains(field.Name)) throw ToolException.Usage($"{field.Origin}: {before}{field.Name} is no key of a context: expected {string.Join(", ", keys)}");
        }
    }
}

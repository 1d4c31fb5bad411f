using Actors.Hosting.Configuration;

namespace Actors.Host.Control;

/// <summary>The keys of the section <c>host.control</c>.</summary>
internal static class ControlKeys
{
    public static readonly Key Control = new("control", KeyType.Section, null, "The socket at which the running host answers its operator: `actors ps`, `top`, `drain`, `reload`, `log-level`.");

    public static readonly Key Enabled = new("enabled", KeyType.Switch, "on", "Whether there is one. A host that cannot make it warns, and runs without.");
    public static readonly Key Directory = new("directory", KeyType.Text, null, "The directory of the socket, which is named by the process id. It is made if it is not there, and must be open to this user alone (mode 0700). Absent: `actors` in `$XDG_RUNTIME_DIR`, otherwise `/tmp/actors-UID`.");

    public static readonly IReadOnlyList<Key> All = [Enabled, Directory];

    /// <summary>Reads them; mistakes are noted.</summary>
    public static ControlPlan Read(Section host)
    {
        var section = host.Below(Control.Name);
        section.Allow(All, "host.control");
        return new ControlPlan(section.Get<bool>(Enabled), section.Has(Directory) ? section.Get<string>(Directory) : null);
    }
}

/// <summary>The control socket that a file asks for.</summary>
/// <param name="Enabled">Whether there is one.</param>
/// <param name="Directory">Its directory; null for the usual one.</param>
internal sealed record ControlPlan(bool Enabled, string? Directory);

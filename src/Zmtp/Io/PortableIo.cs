namespace Actors.Zmtp.Io;

/// <summary>
/// The switch to the portable implementations of waiting and polling where the system has faster ones. Tests force
/// them with the AppContext switch <c>Actors.Zmtp.PortableIo</c> or the environment variable <c>ZMTP_PORTABLE_IO=1</c>.
/// </summary>
internal static class PortableIo
{
    public const string Switch = "Actors.Zmtp.PortableIo";
    public const string Variable = "ZMTP_PORTABLE_IO";

    public static bool IsForced { get; } =
        (AppContext.TryGetSwitch(Switch, out bool on) && on) || Environment.GetEnvironmentVariable(Variable) == "1";
}

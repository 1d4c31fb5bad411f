namespace Akka.Configuration.Hocon;

/// <summary>Parses HOCON texts.</summary>
public class Parser
{
    /// <exception cref="ConfigurationException">The text is not HOCON; the message says line, column, found and expected.</exception>
    public static HoconRoot Parse(string text, Func<string, HoconRoot?>? includeCallback) => HoconTree.ParseRoot(text, includeCallback);
}

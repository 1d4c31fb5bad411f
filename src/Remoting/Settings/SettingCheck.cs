using System.Globalization;
using Akka.Configuration;

namespace Actors.Remoting.Settings;

/// <summary>Checks settings, and names key, value and what was expected.</summary>
internal readonly struct SettingCheck
{
    private const string Section = "akka.remote.zmq";

    public ConfigurationException Fault(string key, string fault, string expected) => new($"{Section}.{key} {fault}: expected {expected}.");

    /// <exception cref="ConfigurationException">The condition does not hold.</exception>
    public void Expect(bool condition, string key, object? value, string expected)
    {
        if (!condition) throw Fault(key, string.Create(CultureInfo.InvariantCulture, $"is \"{value}\""), expected);
    }

    /// <exception cref="ConfigurationException">The value is out of range.</exception>
    public void Range(string key, long value, long least, long most)
        => Expect(value >= least && value <= most, key, value, string.Create(CultureInfo.InvariantCulture, $"{least} to {most}"));

    /// <exception cref="ConfigurationException">The value is shorter than <paramref name="least"/>, or longer than timers count.</exception>
    public void Span(string key, TimeSpan value, TimeSpan least)
        => Expect(
            value >= least && value.TotalMilliseconds <= int.MaxValue,
            key,
            string.Create(CultureInfo.InvariantCulture, $"{value.TotalMilliseconds} ms"),
            string.Create(CultureInfo.InvariantCulture, $"{least.TotalMilliseconds} to {int.MaxValue} ms"));
}

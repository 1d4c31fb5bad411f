namespace Actors.Transport;

/// <summary>Checks settings against their ranges, and names the option at fault as configuration files do.</summary>
/// <param name="Owner">The role or socket whose settings they are.</param>
/// <param name="Section">Where they stand among its settings, with a dot behind each section; empty at the top.</param>
internal readonly record struct SettingCheck(string Owner, string Section = "")
{
    /// <summary>The check of a section below this one.</summary>
    public SettingCheck Below(string section) => this with { Section = $"{Section}{section}." };

    /// <summary>The exception for an option that cannot work.</summary>
    public SocketSettingsException Fault(string option, string fault) => new(Owner, Section + option, fault);

    /// <summary>The exception for an option whose file cannot be used.</summary>
    public SecurityFileException FileFault(string option, string fault) => new(Owner, Section + option, fault);

    /// <exception cref="SocketSettingsException"><paramref name="value"/> is less than <paramref name="least"/>.</exception>
    public void AtLeast(string option, long value, long least)
    {
        if (value < least) throw Fault(option, $"is {value}: expected {least} or more");
    }

    /// <exception cref="SocketSettingsException"><paramref name="value"/> is more than <paramref name="most"/>.</exception>
    public void AtMost(string option, long value, long most)
    {
        if (value > most) throw Fault(option, $"is {value}: expected {most} or less");
    }

    /// <exception cref="SocketSettingsException"><paramref name="value"/> is shorter than <paramref name="least"/>, or longer than a timer counts.</exception>
    public void Span(string option, TimeSpan value, TimeSpan least)
    {
        // Timers count milliseconds in 32 bits.
        if (value < least || value.TotalMilliseconds > int.MaxValue)
            throw Fault(option, $"is {value.TotalMilliseconds} ms: expected from {least.TotalMilliseconds} to {int.MaxValue} ms");
    }

    /// <exception cref="SocketSettingsException"><paramref name="value"/> is not positive, or longer than a timer counts.</exception>
    public void Positive(string option, TimeSpan value)
    {
        if (value <= TimeSpan.Zero || value.TotalMilliseconds > int.MaxValue)
            throw Fault(option, $"is {value.TotalMilliseconds} ms: expected more than 0 ms and at most {int.MaxValue} ms");
    }
}

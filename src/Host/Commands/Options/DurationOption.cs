using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Actors.Hocon;

namespace Actors.Host.Commands.Options;

/// <summary>Options that are durations as in HOCON: <c>500ms</c>, <c>2s</c>, <c>1 minute</c>; milliseconds without a unit.</summary>
internal static class DurationOption
{
    /// <param name="name">With its dashes.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="whenMissing">The default; null leaves the option without a value.</param>
    /// <param name="allowsZero">Whether zero has a meaning, which the description says.</param>
    public static Option<TimeSpan?> Create(string name, string description, TimeSpan? whenMissing = null, bool allowsZero = false)
    {
        var option = new Option<TimeSpan?>(name) { Description = description, HelpName = "TIME", CustomParser = result => Parse(name, result, allowsZero) };
        if (whenMissing is not null)
        {
            option.DefaultValueFactory = _ => whenMissing;
            option.Description += $" Default {Text(whenMissing.Value)}.";
        }
        return option;
    }

    /// <summary>A duration for people: <c>500 ms</c>, <c>2 s</c>.</summary>
    public static string Text(TimeSpan time) => time < TimeSpan.FromSeconds(1) ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.##} ms") : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.##} s");

    private static TimeSpan? Parse(string name, ArgumentResult result, bool allowsZero)
    {
        var text = result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value;
        try
        {
            var time = new HoconDocument().Set("time", HoconWriter.Quote(text), name).ResolveObject().Get("time", ConfigTypes.Duration);
            // Timers count milliseconds in 32 bits.
            if (time.TotalMilliseconds <= int.MaxValue && (time > TimeSpan.Zero || (allowsZero && time == TimeSpan.Zero))) return time;
            result.AddError($"{name} is \"{text}\": expected {(allowsZero ? "zero or more" : "more than zero")} and at most {int.MaxValue} ms");
        }
        catch (HoconFormatException)
        {
            result.AddError($"{name} is \"{text}\": expected {ConfigTypes.Duration.Expected}");
        }
        return null;
    }
}

namespace Actors.Hocon;

/// <summary>A key of an object with its value.</summary>
/// <param name="Name">The key, without quotes.</param>
/// <param name="Value">The value.</param>
/// <param name="Origin">The place of the key, where it was set last.</param>
/// <param name="Overrode">
/// The place where the same key was set before, if a plain value took the place of another one. Objects that merge,
/// and substitutions after a default as in <c>a = 1, a = ${?A}</c>, override nothing in this sense.
/// </param>
/// <param name="Merged">
/// The place where an object in braces was written for the same key before, if it and a later one in braces have merged.
/// Dotted keys as in <c>a.b = 1, a.c = 2</c> merge nothing in this sense.
/// </param>
public sealed record ConfigField(string Name, ConfigValue Value, Origin Origin, Origin? Overrode = null, Origin? Merged = null);

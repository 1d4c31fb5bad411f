namespace Actors.Hocon;

/// <summary>The type of a value as the configuration sees it.</summary>
public enum HoconType
{
    Empty,
    Array,
    Object,
    String,
    Boolean,
    Number,
}

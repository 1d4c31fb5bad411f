namespace Actors.Hocon;

/// <summary>A part of a document: a value, literal, array, object, field or substitution.</summary>
public interface IHoconElement : IEquatable<IHoconElement>
{
    /// <summary>The element that this one stands in; null at the root.</summary>
    IHoconElement? Parent { get; }

    HoconType Type { get; }

    /// <summary>The element as it is written, quotes included.</summary>
    string Raw { get; }

    /// <exception cref="HoconException">It is not an object.</exception>
    HoconObject GetObject();

    /// <exception cref="HoconException">It is not a string, number or boolean.</exception>
    string? GetString();

    /// <exception cref="HoconException">It is not an array.</exception>
    IList<HoconValue> GetArray();

    IHoconElement Clone(IHoconElement? newParent);

    /// <param name="indent">Level of nesting.</param>
    /// <param name="indentSize">Spaces for a level.</param>
    string ToString(int indent, int indentSize);
}

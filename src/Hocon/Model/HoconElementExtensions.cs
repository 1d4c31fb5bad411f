namespace Actors.Hocon.Extensions;

public static class HoconElementExtensions
{
    /// <summary>Whether it is a string, number or boolean.</summary>
    public static bool IsLiteral(this HoconType hoconType) =>
        hoconType is HoconType.String or HoconType.Number or HoconType.Boolean;

    /// <summary>Whether values of the two types can stand next to each other in one value.</summary>
    public static bool IsMergeable(this HoconType t1, HoconType t2) =>
        t1 == t2 || t1 == HoconType.Empty || t2 == HoconType.Empty || (t1.IsLiteral() && t2.IsLiteral());

    /// <inheritdoc cref="IsMergeable(HoconType, HoconType)"/>
    public static bool IsMergeable(this IHoconElement e1, IHoconElement e2)
    {
        ArgumentNullException.ThrowIfNull(e1);
        ArgumentNullException.ThrowIfNull(e2);
        return e1.Type.IsMergeable(e2.Type);
    }
}

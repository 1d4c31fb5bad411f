using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Actors.Grains.Generator;

/// <summary>Constants as expressions.</summary>
internal static class Literals
{
    /// <summary>The default of a parameter; null for one without.</summary>
    public static string? Default(IParameterSymbol parameter)
    {
        if (parameter.IsParams) return "[]";
        if (!parameter.IsOptional) return null;
        return parameter.HasExplicitDefaultValue ? Of(parameter.Type, parameter.ExplicitDefaultValue) : "default!";
    }

    /// <summary>A constant of a type.</summary>
    public static string Of(ITypeSymbol type, object? value)
    {
        if (value is null) return "default!";
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable) type = nullable.TypeArguments[0];
        var text = Of(value);
        return type.TypeKind == TypeKind.Enum ? $"({Names.Full(type)})({text})" : text;
    }

    private static string Of(object value) => value switch
    {
        string text => SymbolDisplay.FormatLiteral(text, quote: true),
        char unit => SymbolDisplay.FormatLiteral(unit, quote: true),
        bool truth => truth ? "true" : "false",
        float.NaN => "float.NaN",
        float.PositiveInfinity => "float.PositiveInfinity",
        float.NegativeInfinity => "float.NegativeInfinity",
        double.NaN => "double.NaN",
        double.PositiveInfinity => "double.PositiveInfinity",
        double.NegativeInfinity => "double.NegativeInfinity",
        float number => number.ToString("R", CultureInfo.InvariantCulture) + "F",
        double number => number.ToString("R", CultureInfo.InvariantCulture) + "D",
        decimal number => number.ToString(CultureInfo.InvariantCulture) + "M",
        long number => number.ToString(CultureInfo.InvariantCulture) + "L",
        ulong number => number.ToString(CultureInfo.InvariantCulture) + "UL",
        uint number => number.ToString(CultureInfo.InvariantCulture) + "U",
        int number => number.ToString(CultureInfo.InvariantCulture),
        byte number => $"(byte){number.ToString(CultureInfo.InvariantCulture)}",
        sbyte number => $"(sbyte)({number.ToString(CultureInfo.InvariantCulture)})",
        short number => $"(short)({number.ToString(CultureInfo.InvariantCulture)})",
        ushort number => $"(ushort){number.ToString(CultureInfo.InvariantCulture)}",
        DateTime time => $"new global::System.DateTime({time.Ticks.ToString(CultureInfo.InvariantCulture)}L)",
        _ => "default!",
    };

    /// <summary>The text that a constant has in a signature for people.</summary>
    public static string ForPeople(IParameterSymbol parameter)
    {
        if (parameter.IsParams) return " = []";
        if (!parameter.IsOptional) return "";
        if (!parameter.HasExplicitDefaultValue) return " = default";
        return parameter.ExplicitDefaultValue switch
        {
            null => parameter.Type.IsReferenceType || parameter.Type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T ? " = null" : " = default",
            string text => " = " + SymbolDisplay.FormatLiteral(text, quote: true),
            char unit => " = " + SymbolDisplay.FormatLiteral(unit, quote: true),
            bool truth => truth ? " = true" : " = false",
            var value => " = " + EnumMember(parameter.Type, value),
        };
    }

    private static string EnumMember(ITypeSymbol type, object value)
    {
        foreach (var member in type.GetMembers())
        {
            if (type.TypeKind == TypeKind.Enum && member is IFieldSymbol { HasConstantValue: true } field && field.ConstantValue!.Equals(value)) return field.Name;
        }
        return Convert.ToString(value, CultureInfo.InvariantCulture)!;
    }
}

using System.Diagnostics.CodeAnalysis;
using Actors.Hocon.Conversion;

namespace Actors.Hocon;

/// <content>Conversions to .NET types. A getter throws a <see cref="HoconException"/> where the value has another type.</content>
public partial class HoconValue
{
    public bool GetBoolean() => Convert(Conversions.Boolean);

    public byte GetByte() => Convert(Conversions.Byte);

    public int GetInt() => Convert(Conversions.Int32);

    public long GetLong() => Convert(Conversions.Int64);

    public float GetFloat() => Convert(Conversions.Single);

    public double GetDouble() => Convert(Conversions.Double);

    public decimal GetDecimal() => Convert(Conversions.Decimal);

    /// <summary>A size in bytes, as in <c>128 KiB</c>.</summary>
    public long? GetByteSize() => Convert(Conversions.ByteSize);

    /// <summary>A duration, as in <c>10 ms</c>; milliseconds without a unit. <c>infinite</c> is <see cref="Timeout.InfiniteTimeSpan"/>.</summary>
    public TimeSpan GetTimeSpan(bool allowInfinite = true) => Convert(allowInfinite ? Conversions.Duration : Conversions.FiniteDuration);

    /// <inheritdoc cref="GetTimeSpan"/>
    public TimeSpan GetMillisDuration(bool allowInfinite = true) => GetTimeSpan(allowInfinite);

    public IList<bool> GetBooleanList() => ConvertList(Conversions.Boolean);

    public IList<byte> GetByteList() => ConvertList(Conversions.Byte);

    public IList<int> GetIntList() => ConvertList(Conversions.Int32);

    public IList<long> GetLongList() => ConvertList(Conversions.Int64);

    public IList<float> GetFloatList() => ConvertList(Conversions.Single);

    public IList<double> GetDoubleList() => ConvertList(Conversions.Double);

    public IList<decimal> GetDecimalList() => ConvertList(Conversions.Decimal);

    public IList<string> GetStringList() => ConvertList(Conversions.String);

    public IList<HoconObject> GetObjectList() => [.. GetArray().Select(static v => v.GetObject())];

    public bool TryGetBoolean(out bool result) => TryConvert(Conversions.Boolean, out result);

    public bool TryGetByte(out byte result) => TryConvert(Conversions.Byte, out result);

    public bool TryGetInt(out int result) => TryConvert(Conversions.Int32, out result);

    public bool TryGetLong(out long result) => TryConvert(Conversions.Int64, out result);

    public bool TryGetFloat(out float result) => TryConvert(Conversions.Single, out result);

    public bool TryGetDouble(out double result) => TryConvert(Conversions.Double, out result);

    public bool TryGetDecimal(out decimal result) => TryConvert(Conversions.Decimal, out result);

    public bool TryGetByteSize([NotNullWhen(true)] out long? result)
    {
        var converted = TryConvert(Conversions.ByteSize, out var size);
        result = converted ? size : null;
        return converted;
    }

    public bool TryGetTimeSpan(out TimeSpan result, bool allowInfinite = true) =>
        TryConvert(allowInfinite ? Conversions.Duration : Conversions.FiniteDuration, out result);

    public bool TryGetBooleanList([NotNullWhen(true)] out IList<bool>? result) => TryConvertList(Conversions.Boolean, out result);

    public bool TryGetByteList([NotNullWhen(true)] out IList<byte>? result) => TryConvertList(Conversions.Byte, out result);

    public bool TryGetIntList([NotNullWhen(true)] out IList<int>? result) => TryConvertList(Conversions.Int32, out result);

    public bool TryGetLongList([NotNullWhen(true)] out IList<long>? result) => TryConvertList(Conversions.Int64, out result);

    public bool TryGetFloatList([NotNullWhen(true)] out IList<float>? result) => TryConvertList(Conversions.Single, out result);

    public bool TryGetDoubleList([NotNullWhen(true)] out IList<double>? result) => TryConvertList(Conversions.Double, out result);

    public bool TryGetDecimalList([NotNullWhen(true)] out IList<decimal>? result) => TryConvertList(Conversions.Decimal, out result);

    public bool TryGetStringList([NotNullWhen(true)] out IList<string>? result) => TryConvertList(Conversions.String, out result);

    public bool TryGetObjectList([NotNullWhen(true)] out IList<HoconObject>? result)
    {
        result = null;
        if (!TryGetArray(out var values))
        {
            return false;
        }

        var objects = new List<HoconObject>(values.Count);
        foreach (var value in values)
        {
            if (!value.TryGetObject(out var fields))
            {
                return false;
            }

            objects.Add(fields);
        }

        result = objects;
        return true;
    }

    internal T Convert<T>(Conversion<T> conversion)
    {
        var node = ModelTree.ToNode(this) ?? throw NodeJoin.Unexpected(null, conversion.Expected);
        return conversion.TryConvert(node, out var value, out var problem) ? value : throw Failed(problem);
    }

    internal List<T> ConvertList<T>(Conversion<T> conversion)
    {
        var node = ModelTree.ToNode(this) ?? throw NodeJoin.Unexpected(null, "an array");
        return conversion.TryConvertList(node, out var values, out var problem) ? values : throw Failed(problem);
    }

    private static HoconException Failed(string problem) => new(char.ToUpperInvariant(problem[0]) + problem[1..]);

    private bool TryConvert<T>(Conversion<T> conversion, out T value)
    {
        value = default!;
        return TryToNode(out var node) && conversion.TryConvert(node, out value);
    }

    private bool TryConvertList<T>(Conversion<T> conversion, [NotNullWhen(true)] out IList<T>? values)
    {
        values = TryToNode(out var node) && conversion.TryConvertList(node, out var converted, out _) ? converted : null;
        return values is not null;
    }
}

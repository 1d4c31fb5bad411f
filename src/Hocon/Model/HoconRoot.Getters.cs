using Actors.Hocon.Conversion;

namespace Actors.Hocon;

/// <content>
/// Getters by path, given as text or parsed. Without a default a missing value is a <see cref="HoconValueException"/>, as
/// is, with or without, a value of another type.
/// </content>
public partial class HoconRoot
{
    public virtual bool GetBoolean(string path) => Read(path, Conversions.Boolean);

    public virtual bool GetBoolean(HoconPath path) => Read(path, Conversions.Boolean);

    public virtual bool GetBoolean(string path, bool @default) => Read(path, Conversions.Boolean, @default);

    public virtual bool GetBoolean(HoconPath path, bool @default) => Read(path, Conversions.Boolean, @default);

    public virtual byte GetByte(string path) => Read(path, Conversions.Byte);

    public virtual byte GetByte(HoconPath path) => Read(path, Conversions.Byte);

    public virtual byte GetByte(string path, byte @default) => Read(path, Conversions.Byte, @default);

    public virtual byte GetByte(HoconPath path, byte @default = 0) => Read(path, Conversions.Byte, @default);

    public virtual int GetInt(string path) => Read(path, Conversions.Int32);

    public virtual int GetInt(HoconPath path) => Read(path, Conversions.Int32);

    public virtual int GetInt(string path, int @default) => Read(path, Conversions.Int32, @default);

    public virtual int GetInt(HoconPath path, int @default) => Read(path, Conversions.Int32, @default);

    public virtual long GetLong(string path) => Read(path, Conversions.Int64);

    public virtual long GetLong(HoconPath path) => Read(path, Conversions.Int64);

    public virtual long GetLong(string path, long @default) => Read(path, Conversions.Int64, @default);

    public virtual long GetLong(HoconPath path, long @default = 0) => Read(path, Conversions.Int64, @default);

    public virtual float GetFloat(string path) => Read(path, Conversions.Single);

    public virtual float GetFloat(HoconPath path) => Read(path, Conversions.Single);

    public virtual float GetFloat(string path, float @default) => Read(path, Conversions.Single, @default);

    public virtual float GetFloat(HoconPath path, float @default = 0) => Read(path, Conversions.Single, @default);

    public virtual double GetDouble(string path) => Read(path, Conversions.Double);

    public virtual double GetDouble(HoconPath path) => Read(path, Conversions.Double);

    public virtual double GetDouble(string path, double @default) => Read(path, Conversions.Double, @default);

    public virtual double GetDouble(HoconPath path, double @default) => Read(path, Conversions.Double, @default);

    public virtual decimal GetDecimal(string path) => Read(path, Conversions.Decimal);

    public virtual decimal GetDecimal(HoconPath path) => Read(path, Conversions.Decimal);

    public virtual decimal GetDecimal(string path, decimal @default) => Read(path, Conversions.Decimal, @default);

    public virtual decimal GetDecimal(HoconPath path, decimal @default) => Read(path, Conversions.Decimal, @default);

    public virtual string? GetString(string path) => Wrapped(path, Required(path), static v => v.GetString());

    public virtual string? GetString(HoconPath path) => Wrapped(path.Value, Required(path), static v => v.GetString());

    public virtual string? GetString(string path, string? @default) => Find(path) is { } value ? Wrapped(path, value, static v => v.GetString()) : @default;

    public virtual string? GetString(HoconPath path, string? @default) => Find(path) is { } value ? Wrapped(path.Value, value, static v => v.GetString()) : @default;

    /// <summary>A size in bytes, as in <c>128 KiB</c>.</summary>
    public virtual long? GetByteSize(string path) => Read(path, Conversions.ByteSize);

    /// <inheritdoc cref="GetByteSize(string)"/>
    public virtual long? GetByteSize(HoconPath path) => Read(path, Conversions.ByteSize);

    /// <inheritdoc cref="GetByteSize(string)"/>
    public virtual long? GetByteSize(string path, long? @default) => Find(path) is null ? @default : Read(path, Conversions.ByteSize);

    /// <inheritdoc cref="GetByteSize(string)"/>
    public virtual long? GetByteSize(HoconPath path, long? @default) => Find(path) is null ? @default : Read(path, Conversions.ByteSize);

    /// <summary>
    /// A duration, as in <c>10 ms</c>; milliseconds without a unit. <c>infinite</c> is
    /// <see cref="Timeout.InfiniteTimeSpan"/>, and an error where <paramref name="allowInfinite"/> is false.
    /// </summary>
    public virtual TimeSpan GetTimeSpan(string path, bool allowInfinite = true) => Read(path, DurationOf(allowInfinite));

    /// <inheritdoc cref="GetTimeSpan(string, bool)"/>
    public virtual TimeSpan GetTimeSpan(HoconPath path, bool allowInfinite = true) => Read(path, DurationOf(allowInfinite));

    /// <inheritdoc cref="GetTimeSpan(string, bool)"/>
    public virtual TimeSpan GetTimeSpan(string path, TimeSpan? @default, bool allowInfinite = true) =>
        Read(path, DurationOf(allowInfinite), @default ?? default);

    /// <inheritdoc cref="GetTimeSpan(string, bool)"/>
    public virtual TimeSpan GetTimeSpan(HoconPath path, TimeSpan? @default, bool allowInfinite = true) =>
        Read(path, DurationOf(allowInfinite), @default ?? default);

    /// <inheritdoc cref="GetTimeSpan(string, bool)"/>
    public TimeSpan GetMillisDuration(string path, TimeSpan? @default = null, bool allowInfinite = true) => GetTimeSpan(path, @default, allowInfinite);

    /// <inheritdoc cref="GetTimeSpan(string, bool)"/>
    public TimeSpan GetMillisDuration(HoconPath path, TimeSpan? @default = null, bool allowInfinite = true) => GetTimeSpan(path, @default, allowInfinite);

    public virtual HoconObject GetObject(string path) => Wrapped(path, Required(path), static v => v.GetObject());

    public virtual HoconObject GetObject(HoconPath path) => Wrapped(path.Value, Required(path), static v => v.GetObject());

    public virtual HoconObject? GetObject(string path, HoconObject? @default) => Find(path) is { } value ? Wrapped(path, value, static v => v.GetObject()) : @default;

    public virtual HoconObject? GetObject(HoconPath path, HoconObject? @default = null) => Find(path) is { } value ? Wrapped(path.Value, value, static v => v.GetObject()) : @default;

    private static Conversion<TimeSpan> DurationOf(bool allowInfinite) => allowInfinite ? Conversions.Duration : Conversions.FiniteDuration;
}

using Actors.Hocon.Conversion;

namespace Actors.Hocon;

/// <content>Getters of lists by path.</content>
public partial class HoconRoot
{
    public virtual IList<bool> GetBooleanList(string path) => ReadList(path, Conversions.Boolean);

    public virtual IList<bool> GetBooleanList(HoconPath path) => ReadList(path, Conversions.Boolean);

    public virtual IList<bool> GetBooleanList(string path, IList<bool> @default) => ReadList(path, Conversions.Boolean, @default);

    public virtual IList<bool> GetBooleanList(HoconPath path, IList<bool> @default) => ReadList(path, Conversions.Boolean, @default);

    public virtual IList<byte> GetByteList(string path) => ReadList(path, Conversions.Byte);

    public virtual IList<byte> GetByteList(HoconPath path) => ReadList(path, Conversions.Byte);

    public virtual IList<byte> GetByteList(string path, IList<byte> @default) => ReadList(path, Conversions.Byte, @default);

    public virtual IList<byte> GetByteList(HoconPath path, IList<byte> @default) => ReadList(path, Conversions.Byte, @default);

    public virtual IList<int> GetIntList(string path) => ReadList(path, Conversions.Int32);

    public virtual IList<int> GetIntList(HoconPath path) => ReadList(path, Conversions.Int32);

    public virtual IList<int> GetIntList(string path, IList<int> @default) => ReadList(path, Conversions.Int32, @default);

    public virtual IList<int> GetIntList(HoconPath path, IList<int> @default) => ReadList(path, Conversions.Int32, @default);

    public virtual IList<long> GetLongList(string path) => ReadList(path, Conversions.Int64);

    public virtual IList<long> GetLongList(HoconPath path) => ReadList(path, Conversions.Int64);

    public virtual IList<long> GetLongList(string path, IList<long> @default) => ReadList(path, Conversions.Int64, @default);

    public virtual IList<long> GetLongList(HoconPath path, IList<long> @default) => ReadList(path, Conversions.Int64, @default);

    public virtual IList<float> GetFloatList(string path) => ReadList(path, Conversions.Single);

    public virtual IList<float> GetFloatList(HoconPath path) => ReadList(path, Conversions.Single);

    public virtual IList<float> GetFloatList(string path, IList<float> @default) => ReadList(path, Conversions.Single, @default);

    public virtual IList<float> GetFloatList(HoconPath path, IList<float> @default) => ReadList(path, Conversions.Single, @default);

    public virtual IList<double> GetDoubleList(string path) => ReadList(path, Conversions.Double);

    public virtual IList<double> GetDoubleList(HoconPath path) => ReadList(path, Conversions.Double);

    public virtual IList<double> GetDoubleList(string path, IList<double> @default) => ReadList(path, Conversions.Double, @default);

    public virtual IList<double> GetDoubleList(HoconPath path, IList<double> @default) => ReadList(path, Conversions.Double, @default);

    public virtual IList<decimal> GetDecimalList(string path) => ReadList(path, Conversions.Decimal);

    public virtual IList<decimal> GetDecimalList(HoconPath path) => ReadList(path, Conversions.Decimal);

    public virtual IList<decimal> GetDecimalList(string path, IList<decimal> @default) => ReadList(path, Conversions.Decimal, @default);

    public virtual IList<decimal> GetDecimalList(HoconPath path, IList<decimal> @default) => ReadList(path, Conversions.Decimal, @default);

    public virtual IList<string> GetStringList(string path) => ReadList(path, Conversions.String);

    public virtual IList<string> GetStringList(HoconPath path) => ReadList(path, Conversions.String);

    public virtual IList<string> GetStringList(string path, IList<string> @default) => ReadList(path, Conversions.String, @default);

    public virtual IList<string> GetStringList(HoconPath path, IList<string> @default) => ReadList(path, Conversions.String, @default);

    public virtual IList<HoconObject> GetObjectList(string path) => Wrapped(path, Required(path), static v => v.GetObjectList());

    public virtual IList<HoconObject> GetObjectList(HoconPath path) => Wrapped(path.Value, Required(path), static v => v.GetObjectList());

    public virtual IList<HoconObject>? GetObjectList(string path, IList<HoconObject>? @default) =>
        Find(path) is { } value ? Wrapped(path, value, static v => v.GetObjectList()) : @default;

    public virtual IList<HoconObject>? GetObjectList(HoconPath path, IList<HoconObject>? @default = null) =>
        Find(path) is { } value ? Wrapped(path.Value, value, static v => v.GetObjectList()) : @default;
}

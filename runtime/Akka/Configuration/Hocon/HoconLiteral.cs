using global::Hocon.Syntax;
using HoconLiteralType = global::Hocon.HoconLiteralType;

namespace Akka.Configuration.Hocon;

/// <summary>A string, number, boolean or null (whose text is null).</summary>
public class HoconLiteral : IHoconElement
{
    private readonly LiteralNode? _written;

    public HoconLiteral()
    {
    }

    internal HoconLiteral(LiteralNode written)
    {
        _written = written;
        Value = written.Kind == HoconLiteralType.Null ? null : written.Text;
    }

    public string? Value { get; set; }

    public bool IsString() => true;

    public string? GetString() => Value;

    public bool IsArray() => false;

    public IList<HoconValue> GetArray() => throw new ConfigurationException($"Found {ToNode(default).Describe()} ({_written?.Origin ?? default}), expected an array.");

    public override string ToString() => NodeRenderer.RenderLiteral(ToNode(default));

    internal LiteralNode ToNode(Origin origin)
    {
        if (_written is not null && Value == (_written.Kind == HoconLiteralType.Null ? null : _written.Text))
        {
            return _written;
        }

        return Value is null
            ? new LiteralNode(origin, HoconLiteralType.Null, "null")
            : new LiteralNode(origin, HoconLiteralType.QuotedString, Value);
    }
}

using System.Buffers.Binary;
using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Actors.Zmtp.Protocol;

/// <summary>
/// The properties that peers tell each other about a connection (https://rfc.zeromq.org/spec/37/, "Connection Metadata"):
/// <code>
/// metadata = *property
/// property = name value
/// name = short-size 1*255name-char
/// name-char = ALPHA | DIGIT | "-" | "_" | "." | "+"
/// value = 4OCTET *OCTET                 ; size in network byte order, at most 2^31-1
/// </code>
/// Names are compared without case.
/// </summary>
internal sealed class Metadata : IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>>
{
    public const string SocketType = "Socket-Type";
    public const string Identity = "Identity";

    /// <summary>Most properties that are taken from a peer.</summary>
    public const int DefaultMaxProperties = 64;

    public static readonly Metadata Empty = new();

    private readonly List<KeyValuePair<string, ReadOnlyMemory<byte>>> _properties = [];

    public int Count => _properties.Count;

    /// <summary>Adds a property; the order of adding is the order on the wire.</summary>
    public Metadata Add(string name, ReadOnlyMemory<byte> value)
    {
        _properties.Add(new(name, value));
        return this;
    }

    public bool TryGet(string name, out ReadOnlyMemory<byte> value)
    {
        foreach (var property in _properties)
        {
            if (string.Equals(property.Key, name, StringComparison.OrdinalIgnoreCase))
            {
                value = property.Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    public int EncodedLength
    {
        get
        {
            var length = 0;
            foreach (var property in _properties)
                length += 1 + property.Key.Length + sizeof(int) + property.Value.Length;
            return length;
        }
    }

    /// <summary>Writes all properties and returns how many octets that took.</summary>
    public int Write(Span<byte> destination)
    {
        var offset = 0;
        foreach (var property in _properties)
        {
            destination[offset++] = (byte)property.Key.Length;
            offset += Encoding.ASCII.GetBytes(property.Key, destination[offset..]);
            BinaryPrimitives.WriteInt32BigEndian(destination[offset..], property.Value.Length);
            offset += sizeof(int);
            property.Value.Span.CopyTo(destination[offset..]);
            offset += property.Value.Length;
        }

        return offset;
    }

    /// <summary>Reads a list of properties to its end, copying the values. The error names the property that was wrong.</summary>
    public static bool TryParse(
        ReadOnlySpan<byte> data,
        int maxProperties,
        [NotNullWhen(true)] out Metadata? metadata,
        [NotNullWhen(false)] out string? error)
    {
        metadata = null;
        var parsed = new Metadata();
        var rest = data;
        while (!rest.IsEmpty)
        {
            if (parsed.Count == maxProperties)
            {
                error = $"the metadata has more than {maxProperties} properties";
                return false;
            }

            if (!TryParseProperty(ref rest, parsed, out error))
                return false;
        }

        metadata = parsed;
        error = null;
        return true;
    }

    private static bool TryParseProperty(ref ReadOnlySpan<byte> rest, Metadata parsed, [NotNullWhen(false)] out string? error)
    {
        var number = parsed.Count + 1;
        int nameLength = rest[0];
        if (nameLength == 0)
        {
            error = $"property {number} of the metadata has an empty name";
            return false;
        }

        if (rest.Length - 1 < nameLength)
        {
            error = $"the name of property {number} of the metadata should have {nameLength} octets, {rest.Length - 1} are left";
            return false;
        }

        var nameOctets = rest.Slice(1, nameLength);
        foreach (var octet in nameOctets)
        {
            if (!IsNameChar((char)octet))
            {
                error = $"the name of property {number} of the metadata has the octet 0x{octet:X2}, expected are letters, digits and \"-_.+\"";
                return false;
            }
        }

        var name = Encoding.ASCII.GetString(nameOctets);
        rest = rest[(1 + nameLength)..];
        if (rest.Length < sizeof(int))
        {
            error = $"the size of the value of \"{name}\" should have 4 octets, {rest.Length} are left";
            return false;
        }

        var size = BinaryPrimitives.ReadUInt32BigEndian(rest);
        rest = rest[sizeof(int)..];
        if (size > int.MaxValue || size > rest.Length)
        {
            error = $"the value of \"{name}\" should have {size} octets, {rest.Length} are left";
            return false;
        }

        if (parsed.TryGet(name, out _))
        {
            error = $"the property \"{name}\" is there twice";
            return false;
        }

        parsed.Add(name, rest[..(int)size].ToArray());
        rest = rest[(int)size..];
        error = null;
        return true;
    }

    private static bool IsNameChar(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '+';

    public IEnumerator<KeyValuePair<string, ReadOnlyMemory<byte>>> GetEnumerator() => _properties.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

using System.Buffers.Binary;

namespace Actors.Grains;

/// <summary>The id of a call: 16 octets that its caller chooses once, and sends again with each repeat.</summary>
/// <param name="High">The first 8 octets.</param>
/// <param name="Low">The last 8 octets.</param>
public readonly record struct CallId(ulong High, ulong Low)
{
    /// <summary>Octets of an id.</summary>
    public const int Length = 16;

    /// <summary>True for the id of zeros, which stands for none.</summary>
    public bool IsNone => (High | Low) == 0;

    /// <summary>The id with the octets of a GUID, in the order of its text.</summary>
    public static CallId From(Guid id)
    {
        Span<byte> octets = stackalloc byte[Length];
        id.TryWriteBytes(octets, bigEndian: true, out _);
        return Read(octets);
    }

    /// <summary>Reads the first 16 octets.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer.</exception>
    public static CallId Read(ReadOnlySpan<byte> octets) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(octets), BinaryPrimitives.ReadUInt64BigEndian(octets[8..]));

    /// <summary>Writes the id into the first 16 octets.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is room for fewer.</exception>
    public void Write(Span<byte> octets)
    {
        BinaryPrimitives.WriteUInt64BigEndian(octets, High);
        BinaryPrimitives.WriteUInt64BigEndian(octets[8..], Low);
    }

    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString() => $"{High:x16}{Low:x16}";
}

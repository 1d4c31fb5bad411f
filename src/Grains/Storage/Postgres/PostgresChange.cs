using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Actors.Grains.Storage;

/// <summary>A change on its way to PostgreSQL.</summary>
/// <param name="work">What changes; its task ends with the transaction.</param>
/// <param name="id">The row's primary key.</param>
/// <param name="mark">A number that no other write has, by which a write is known again in its row.</param>
/// <param name="deadline">The timestamp behind which it is not tried again.</param>
internal sealed class PostgresChange(StoreWork work, byte[] id, long mark, long deadline)
{
    public StoreWork Work => work;

    public byte[] Id => id;

    public long Mark => mark;

    public long Deadline => deadline;

    /// <summary>True when the connection failed after this was sent: it may have happened.</summary>
    public bool IsUncertain { get; set; }

    /// <summary>All transactions lock rows in this order, of all nodes, so that none waits for another in a circle.</summary>
    public (bool IsReminder, ulong Id) LockOrder { get; } = (work is not WriteRow, BinaryPrimitives.ReadUInt64BigEndian(id));

    /// <summary>About the bytes that it sends.</summary>
    public long Size => work.Grain.Key.Length + (work is WriteRow write ? (write.Row.Body?.Length ?? 0) + (long)write.Row.Calls.Length : 0);

    /// <summary>The primary key of a grain: a hash, because an index of PostgreSQL refuses rows of more than 2704 bytes.</summary>
    /// <remarks>A kind has no zero byte, so kind and key cannot be taken for others.</remarks>
    public static byte[] IdOf(StoredKey grain) => Hash(grain.Kind, grain.Key);

    /// <summary>The primary key of a reminder.</summary>
    public static byte[] IdOf(StoredKey grain, byte[] name) => Hash(IdOf(grain), name);

    private static byte[] Hash(byte[] one, byte[] other)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(one);
        hash.AppendData([0]);
        hash.AppendData(other);
        return hash.GetHashAndReset();
    }
}

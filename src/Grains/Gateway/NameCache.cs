using System.Text;

namespace Actors.Grains.Gateway;

/// <summary>The texts of names that come again and again, so that a call makes no new ones. Bounded, whatever names come.</summary>
/// <remarks>Belongs to one actor; not safe for concurrent use.</remarks>
internal sealed class NameCache
{
    private const int Places = 256;

    private readonly (byte[] Octets, string Text)[] _names = new (byte[], string)[Places];

    /// <summary>The text of octets that are UTF-8.</summary>
    public string TextOf(ReadOnlySpan<byte> name)
    {
        var hash = new HashCode();
        hash.AddBytes(name);
        ref var place = ref _names[(uint)hash.ToHashCode() % Places];
        if (place.Octets is { } known && name.SequenceEqual(known)) return place.Text;
        place = (name.ToArray(), Encoding.UTF8.GetString(name));
        return place.Text;
    }
}

using System.Globalization;
using System.Text;
using Akka.Util;

namespace Akka.Actor;

/// <summary>
/// The place of an actor in the tree of its system, <c>akka://system/user/parent/child</c>.
/// Two paths are equal when address and names are; the uid of the incarnation does not count.
/// </summary>
public abstract class ActorPath : IEquatable<ActorPath>, IComparable<ActorPath>, ISurrogated
{
    /// <summary>The symbols besides letters and digits that a name may contain.</summary>
    public const string ValidSymbols = "\"-_.*$+:@&=,!~';\"()";

    private readonly Address _address;
    private readonly ActorPath? _parent;
    private string? _text;
    private string[]? _elements;
    private int _hash;

    protected ActorPath(Address address, string name)
    {
        _address = address;
        Name = name;
        Depth = 0;
    }

    protected ActorPath(ActorPath parentPath, string name, long uid)
    {
        _parent = parentPath;
        _address = parentPath.Address;
        Name = name;
        Uid = uid;
        Depth = parentPath.Depth + 1;
    }

    public string Name { get; }

    /// <summary>Tells incarnations of the same path apart; <see cref="ActorCell.UndefinedUid"/> when unknown.</summary>
    public long Uid { get; }

    public int Depth { get; }

    public Address Address => _address;

    /// <summary>The parent; the root is its own parent.</summary>
    public ActorPath Parent => _parent ?? this;

    public ActorPath Root => Depth == 0 ? this : ParentOf(0);

    /// <summary>The names from the root down.</summary>
    public IReadOnlyList<string> Elements => _elements ??= CollectElements();

    public static bool IsValidPathElement(string s)
    {
        if (string.IsNullOrEmpty(s) || s[0] == '$')
            return false;
        for (var i = 0; i < s.Length; i++)
        {
            var c = s[i];
            if (char.IsAsciiLetterOrDigit(c) || ValidSymbols.Contains(c, StringComparison.Ordinal))
                continue;
            if (c == '%' && i + 2 < s.Length && char.IsAsciiHexDigit(s[i + 1]) && char.IsAsciiHexDigit(s[i + 2]))
            {
                i += 2;
                continue;
            }

            return false;
        }

        return true;
    }

    public static ActorPath Parse(string path) =>
        TryParse(path, out var result)
            ? result
            : throw new UriFormatException($"\"{path}\" is not the path of an actor: expected protocol://system/user/name");

    public static bool TryParse(string path, out ActorPath actorPath)
    {
        if (TryParseAddress(path, out var address, out var absoluteUri))
            return TryParse(new RootActorPath(address), absoluteUri, out actorPath);
        actorPath = null!;
        return false;
    }

    public static bool TryParse(ActorPath basePath, string absoluteUri, out ActorPath actorPath) =>
        TryParse(basePath, absoluteUri.AsSpan(), out actorPath);

    /// <summary>Walks the names of <paramref name="absoluteUri"/> down from a path; a trailing <c>#123</c> is the uid.</summary>
    public static bool TryParse(ActorPath basePath, ReadOnlySpan<char> absoluteUri, out ActorPath actorPath)
    {
        var uid = 0L;
        var hash = absoluteUri.LastIndexOf('#');
        if (hash >= 0)
        {
            if (!long.TryParse(absoluteUri[(hash + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out uid))
            {
                actorPath = null!;
                return false;
            }

            absoluteUri = absoluteUri[..hash];
        }

        actorPath = basePath;
        foreach (var range in absoluteUri.Split('/'))
        {
            var name = absoluteUri[range];
            if (!name.IsEmpty)
                actorPath = new ChildActorPath(actorPath, name.ToString(), ActorCell.UndefinedUid);
        }

        if (uid != 0)
            actorPath = actorPath.WithUid(uid);
        return true;
    }

    public static bool TryParseAddress(string path, out Address address) => Address.TryParse(path.AsSpan(), out address);

    public static bool TryParseAddress(string path, out Address address, out ReadOnlySpan<char> absoluteUri) =>
        Address.TryParse(path.AsSpan(), out address, out absoluteUri);

    public static bool TryParseParts(ReadOnlySpan<char> path, out ReadOnlySpan<char> address, out ReadOnlySpan<char> absoluteUri)
    {
        var schemeEnd = path.IndexOf("://", StringComparison.Ordinal);
        var slash = schemeEnd < 0 ? -1 : path[(schemeEnd + 3)..].IndexOf('/');
        if (slash < 0)
        {
            address = schemeEnd < 0 ? default : path;
            absoluteUri = schemeEnd < 0 ? path : "/";
            return schemeEnd >= 0;
        }

        address = path[..(schemeEnd + 3 + slash)];
        absoluteUri = path[(schemeEnd + 3 + slash)..];
        return true;
    }

    /// <summary>Joins names as a path writes them, with a leading slash.</summary>
    public static string FormatPathElements(IEnumerable<string> pathElements) => "/" + string.Join('/', pathElements);

    public ActorPath Child(string childName) => this / childName;

    /// <summary>The ancestor at a depth, counted from the root; a negative depth counts up from here.</summary>
    public ActorPath ParentOf(int depth)
    {
        var target = depth >= 0 ? depth : Depth + depth;
        var path = this;
        while (path.Depth > target && path.Depth > 0)
            path = path.Parent;
        return path;
    }

    public ActorPath WithUid(long uid)
    {
        if (uid == Uid || _parent is null)
            return this;
        return new ChildActorPath(_parent, Name, uid);
    }

    public string ToStringWithoutAddress() => FormatPathElements(Elements);

    public string ToStringWithAddress() => ToString();

    public string ToStringWithAddress(Address address) =>
        _address.HasGlobalScope || address.HasLocalScope ? ToString() : Format(address);

    public string ToStringWithUid() => AppendUid(ToString());

    public string ToSerializationFormat() => AppendUid(ToString());

    public string ToSerializationFormatWithAddress(Address address) => AppendUid(ToStringWithAddress(address));

    public override string ToString() => _text ??= Format(_address);

    public ISurrogate ToSurrogate(ActorSystem system) => new Surrogate(ToSerializationFormat());

    public bool Equals(ActorPath? other)
    {
        if (ReferenceEquals(this, other))
            return true;
        if (other is null || Depth != other.Depth || GetHashCode() != other.GetHashCode())
            return false;
        ActorPath a = this, b = other;
        while (a.Depth > 0)
        {
            if (ReferenceEquals(a, b))
                return true;
            if (a.Name != b.Name)
                return false;
            a = a.Parent;
            b = b.Parent;
        }

        return a.Name == b.Name && a.Address.Equals(b.Address);
    }

    public override bool Equals(object? obj) => obj is ActorPath other && Equals(other);

    public override int GetHashCode()
    {
        if (_hash == 0)
        {
            var above = _parent?.GetHashCode() ?? _address.GetHashCode();
            var hash = HashCode.Combine(above, Name);
            _hash = hash == 0 ? 1 : hash;
        }

        return _hash;
    }

    public int CompareTo(ActorPath? other)
    {
        if (other is null)
            return 1;
        var order = Address.CompareTo(other.Address);
        for (var i = 0; order == 0 && i < Math.Min(Depth, other.Depth); i++)
            order = string.CompareOrdinal(Elements[i], other.Elements[i]);
        return order == 0 ? Depth.CompareTo(other.Depth) : order;
    }

    public static ActorPath operator /(ActorPath path, string name) => new ChildActorPath(path, name, ActorCell.UndefinedUid);

    public static ActorPath operator /(ActorPath path, IEnumerable<string> name)
    {
        foreach (var element in name)
        {
            if (!string.IsNullOrEmpty(element))
                path /= element;
        }

        return path;
    }

    public static bool operator ==(ActorPath? left, ActorPath? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(ActorPath? left, ActorPath? right) => !(left == right);

    private string AppendUid(string text) =>
        Uid == ActorCell.UndefinedUid ? text : string.Create(CultureInfo.InvariantCulture, $"{text}#{Uid}");

    private string Format(Address address)
    {
        var text = new StringBuilder(address.ToString());
        if (Depth == 0)
            return text.Append('/').ToString();
        foreach (var element in Elements)
            text.Append('/').Append(element);
        return text.ToString();
    }

    private string[] CollectElements()
    {
        var elements = new string[Depth];
        var path = this;
        for (var i = Depth - 1; i >= 0; i--)
        {
            elements[i] = path.Name;
            path = path.Parent;
        }

        return elements;
    }

    public sealed class Surrogate : ISurrogate, IEquatable<Surrogate>, IEquatable<ActorPath>
    {
        public Surrogate(string path) => Path = path;

        public string Path { get; }

        public ISurrogated FromSurrogate(ActorSystem system) => Parse(Path);

        public bool Equals(Surrogate? other) => other is not null && Path == other.Path;

        public bool Equals(ActorPath? other) => other is not null && Path == other.ToSerializationFormat();

        public override bool Equals(object? obj) => obj switch
        {
            Surrogate surrogate => Equals(surrogate),
            ActorPath path => Equals(path),
            _ => false,
        };

        public override int GetHashCode() => Path.GetHashCode(StringComparison.Ordinal);
    }
}

/// <summary>The root of the tree of a system.</summary>
public sealed class RootActorPath : ActorPath
{
    public RootActorPath(Address address, string name = "")
        : base(address, name)
    {
    }
}

/// <summary>The path of an actor below the root.</summary>
public sealed class ChildActorPath : ActorPath
{
    public ChildActorPath(ActorPath parentPath, string name, long uid)
        : base(parentPath, name, uid)
    {
    }
}

namespace Akka.Actor;

/// <summary>One step of a selection.</summary>
public abstract class SelectionPathElement;

/// <summary>The child of a name.</summary>
public class SelectChildName : SelectionPathElement
{
    public SelectChildName(string name) => Name = name;

    public string Name { get; }

    public override bool Equals(object? obj) => obj is SelectChildName other && Equals(other);

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Name;

    protected bool Equals(SelectChildName other) => Name == other.Name;
}

/// <summary>The children whose names match.</summary>
public class SelectChildPattern : SelectionPathElement
{
    public SelectChildPattern(string patternStr) => PatternStr = patternStr;

    public string PatternStr { get; }

    public override bool Equals(object? obj) => obj is SelectChildPattern other && Equals(other);

    public override int GetHashCode() => PatternStr.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => PatternStr;

    protected bool Equals(SelectChildPattern other) => PatternStr == other.PatternStr;
}

/// <summary>All below.</summary>
public class SelectChildRecursive : SelectionPathElement
{
    public static readonly SelectChildRecursive Instance = new();

    public override bool Equals(object? obj) => obj is SelectChildRecursive;

    public override int GetHashCode() => "**".GetHashCode(StringComparison.Ordinal);

    public override string ToString() => "**";
}

public class SelectParent : SelectionPathElement
{
    public static readonly SelectParent Instance = new();

    public override bool Equals(object? obj) => obj is SelectParent;

    public override int GetHashCode() => "..".GetHashCode(StringComparison.Ordinal);

    public override string ToString() => "..";
}

/// <summary>A message on its way along a selection.</summary>
public class ActorSelectionMessage : IAutoReceivedMessage, IPossiblyHarmful, IWrappedMessage
{
    public ActorSelectionMessage(object message, SelectionPathElement[] elements, bool wildCardFanOut = false)
    {
        Message = message;
        Elements = elements;
        WildCardFanOut = wildCardFanOut;
    }

    public object Message { get; }

    public SelectionPathElement[] Elements { get; }

    /// <summary>Whether the path holds a wildcard, so that no match is no error.</summary>
    public bool WildCardFanOut { get; }

    public ActorSelectionMessage Copy(object? message = null, SelectionPathElement[]? elements = null, bool? wildCardFanOut = null) =>
        new(message ?? Message, elements ?? Elements, wildCardFanOut ?? WildCardFanOut);

    public override string ToString() => $"ActorSelectionMessage - Message: {Message} - WildCartFanOut: {WildCardFanOut} - Elements: {string.Join('/', (object[])Elements)}";
}

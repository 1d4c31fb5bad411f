namespace Akka.Actor;

/// <summary>Paths that start at an actor rather than at an address.</summary>
public static class RelativeActorPath
{
    /// <summary>The elements of a relative or local absolute path, or null when the text holds an address.</summary>
    public static IEnumerable<string> Unapply(string addr)
    {
        if (addr.Contains("://", StringComparison.Ordinal) || addr.Contains('#', StringComparison.Ordinal))
            return null!;
        return addr.Split('/');
    }
}

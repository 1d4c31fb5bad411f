namespace Actors.Hosting.Configuration;

/// <summary>The keys of a gateway role, whose reader a program brings that has grains.</summary>
internal static class GatewayKeys
{
    public static readonly Key CallTimeout = new("call-timeout", KeyType.Duration, "30s", "The time of a call whose client names none, and the most that one can name.");
    public static readonly Key InFlight = new("max-in-flight", KeyType.Count, "10000", "The most calls in flight, of all clients; a further one is refused as overloaded.");
    public static readonly Key InFlightPerClient = new("max-in-flight-per-client", KeyType.Count, "1000", "The most calls in flight of one connection; a further one is refused as overloaded.");
    public static readonly Key CallSize = new("max-call-size", KeyType.Size, "4MiB", "The most bytes of one call, all its frames, from 64 on; a larger one is refused as bad-arguments.");
    public static readonly Key OctetsInFlight = new("max-octets-in-flight", KeyType.Size, "64MiB", "The most bytes of all calls in flight, at least max-call-size; a call beyond is refused as overloaded.");

    public static readonly IReadOnlyList<Key> All = [Keys.Pattern, CallTimeout, InFlight, InFlightPerClient, CallSize, OctetsInFlight, .. Keys.Socket];
}

namespace Actors.Hosting.Configuration;

/// <summary>Reads the section of one pattern's roles.</summary>
/// <param name="section">With the keys of its pattern and no other.</param>
internal delegate RoleDraft RoleReader(RoleSection section);

/// <summary>Who reads the roles of each pattern; null for a pattern that a <see cref="ConfigurationPart"/> brings.</summary>
internal static class RoleReaders
{
    public static RoleReader? For(RolePattern pattern) => pattern switch
    {
        RolePattern.Request => RequestReader.Read,
        RolePattern.Reply => ReplyReader.Read,
        RolePattern.Queue => QueueReader.Read,
        RolePattern.Publish => PublishReader.Read,
        RolePattern.Subscribe => SubscribeReader.Read,
        RolePattern.Push => PushReader.Read,
        RolePattern.Pull => PullReader.Read,
        RolePattern.Worker => WorkerReader.Read,
        RolePattern.Dealer => DirectReaders.ReadDealer,
        RolePattern.Router => DirectReaders.ReadRouter,
        RolePattern.Pair => DirectReaders.ReadPair,
        RolePattern.Forwarder => ProxyReaders.ReadForwarder,
        RolePattern.Streamer => ProxyReaders.ReadStreamer,
        RolePattern.Gateway => null,
        _ => throw new ArgumentOutOfRangeException(nameof(pattern), pattern, "nobody reads this pattern"),
    };
}

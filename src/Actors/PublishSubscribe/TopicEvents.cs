namespace Actors;

/// <summary>Published on the event stream: a peer subscribed to a topic of a publish role.</summary>
public sealed record TopicSubscribed(string Role, ReadOnlyMemory<byte> Prefix);

/// <summary>Published on the event stream: the last peer with that subscription ended it or went away.</summary>
public sealed record TopicUnsubscribed(string Role, ReadOnlyMemory<byte> Prefix);

namespace Actors;

/// <summary>
/// To the handler of a subscribe role, in its place between the messages, and on the event stream: the publisher no longer
/// keeps the messages with these numbers. Those of them that match the topics were missed.
/// </summary>
/// <param name="Role">The subscribe role's name.</param>
/// <param name="Publisher">The endpoint.</param>
/// <param name="Epoch">The publisher's epoch: another one after each of its starts.</param>
/// <param name="First">The number of the first message.</param>
/// <param name="Last">The number of the last message; null when only a publisher that is gone knew it.</param>
public sealed record SubscriptionGap(string Role, string Publisher, ulong Epoch, ulong First, ulong? Last);

/// <summary>Published on the event stream: a publisher ended the session of a subscribe role that did not keep up.</summary>
/// <param name="Role">The subscribe role's name. It subscribes again when its handler has caught up.</param>
/// <param name="Publisher">The endpoint.</param>
/// <param name="Why">What the publisher said.</param>
public sealed record SubscriptionEnded(string Role, string Publisher, string Why);

/// <summary>Published on the event stream: a publish role ended the session of a subscriber that did not keep up, or was one too many.</summary>
/// <param name="Role">The publish role's name.</param>
/// <param name="Subscriber">Its name and routing id.</param>
/// <param name="Why">The reason, in words.</param>
public sealed record SubscriberDisconnected(string Role, string Subscriber, string Why);

/// <summary>What a publish role keeps, and for whom.</summary>
/// <param name="Epoch">The publisher's epoch: another one after each of its starts.</param>
/// <param name="Latest">The number of the message published last.</param>
/// <param name="Count">Messages kept.</param>
/// <param name="Bytes">The bytes of their payload.</param>
/// <param name="Subscribers">The subscribers with a session.</param>
/// <param name="Displaced">Sessions that ended because there were more subscribers than <see cref="RetainedSettings.Sessions"/>.</param>
public sealed record RetainedStatus(ulong Epoch, ulong Latest, int Count, long Bytes, IReadOnlyList<SubscriberStatus> Subscribers, long Displaced);

/// <summary>A subscriber of a publish role that retains.</summary>
/// <param name="Subscriber">Its name and routing id.</param>
/// <param name="Position">The number up to which it has been sent everything that matches, or told the gap.</param>
/// <param name="Missed">Messages that it missed in this session because it did not keep up.</param>
public sealed record SubscriberStatus(string Subscriber, ulong Position, long Missed);

/// <summary>What a subscribe role with retained delivery has received.</summary>
/// <param name="Positions">The position at each publisher.</param>
/// <param name="Received">Messages told to the handler.</param>
/// <param name="Gaps">Gaps told to the handler.</param>
/// <param name="Repeats">Messages that came again and were dropped.</param>
public sealed record SubscriptionStatus(IReadOnlyList<PublisherPosition> Positions, long Received, long Gaps, long Repeats);

/// <summary>How far a subscriber has come with a publisher.</summary>
/// <param name="Publisher">The endpoint.</param>
/// <param name="Epoch">The publisher's epoch; 0 while none is known.</param>
/// <param name="Number">The number of the last message that was told to the handler, or of the last one in a gap.</param>
public sealed record PublisherPosition(string Publisher, ulong Epoch, ulong Number);

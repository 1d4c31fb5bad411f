using System.Diagnostics;

namespace Actors;

/// <summary>Measures how long one handler works, while somebody listens to <see cref="RoleMeter.HandlerDuration"/>.</summary>
/// <remarks>
/// A handler is any actor, so its turns cannot be seen from outside. What is known is when it was told messages, and when it has
/// answered what stood behind them. Belongs to the actor that tells the handler; not safe for concurrent use.
/// </remarks>
internal sealed class HandlerTimes(string role, string pattern, TimeProvider time)
{
    private readonly TagList _tags = RoleMeter.Tags(role, pattern);
    private long _workedAt;

    /// <summary>The time now, to be passed back when the handler has worked; 0 while nobody listens.</summary>
    public static long Now(TimeProvider time) => RoleMeter.HandlerDuration.Enabled ? time.GetTimestamp() : 0;

    /// <summary>The time now, to be passed back when the handler has worked; 0 while nobody listens.</summary>
    public long Told() => Now(time);

    /// <summary>The handler has worked through what it was told together; the mean time of a message is recorded.</summary>
    /// <param name="told">When it was told.</param>
    /// <param name="messages">How many messages.</param>
    public void Worked(long told, int messages)
    {
        if (told == 0 || messages == 0) return;
        var now = time.GetTimestamp();
        // It takes one batch after the other: this one began when the last was done.
        RoleMeter.HandlerDuration.Record(time.GetElapsedTime(Math.Max(told, _workedAt), now).TotalSeconds / messages, _tags);
        _workedAt = now;
    }

    /// <summary>The handler has answered a message that it may have worked on beside others.</summary>
    public void Answered(long told)
    {
        if (told != 0) RoleMeter.HandlerDuration.Record(time.GetElapsedTime(told).TotalSeconds, _tags);
    }
}

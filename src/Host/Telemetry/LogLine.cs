using System.Collections;

namespace Actors.Host.Telemetry;

/// <summary>A line of Akka's log, as the state of a log record: its attribute is the role.</summary>
/// <param name="Time">When it was logged.</param>
/// <param name="Role">The role whose actor has logged, or "host".</param>
/// <param name="Text">The message, without the cause.</param>
internal sealed record LogLine(DateTimeOffset Time, string Role, string Text) : IReadOnlyList<KeyValuePair<string, object?>>
{
    /// <inheritdoc/>
    public int Count => 1;

    /// <inheritdoc/>
    public KeyValuePair<string, object?> this[int index] => index == 0 ? new("role", Role) : throw new ArgumentOutOfRangeException(nameof(index));

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        yield return this[0];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => Text;
}

namespace Actors.Zmtp.Patterns;

/// <summary>A pattern whose user subscribes and cancels.</summary>
internal interface ISubscriptions
{
    void Subscribe(ReadOnlySpan<byte> prefix);

    void Unsubscribe(ReadOnlySpan<byte> prefix);
}

namespace Actors.Transport;

/// <summary>What happens to a message that is offered while the outbound queue is full.</summary>
public enum OverflowRule
{
    /// <summary>Producers wait for demand; a message offered without demand goes back to its sender as a failure.</summary>
    Backpressure,

    /// <summary>The offered message is dropped and counted.</summary>
    DropNewest,

    /// <summary>The message that waited longest is dropped and counted.</summary>
    DropOldest,

    /// <summary>The offered message goes back to its sender as a failure; producers are granted demand without a limit.</summary>
    Fail,
}

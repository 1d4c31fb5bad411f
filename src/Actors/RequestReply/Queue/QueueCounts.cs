namespace Actors;

/// <summary>
/// The account of the requests of a queue. At every moment,
/// accepted = answered + failed + lost + expired + waiting + assigned.
/// </summary>
/// <param name="Accepted">Requests taken, each counted once however often it came.</param>
/// <param name="Answered">Requests whose reply went to the client.</param>
/// <param name="Failed">Requests whose server said that there will be no reply.</param>
/// <param name="Lost">Requests whose server is gone and that may not go to another.</param>
/// <param name="Expired">Requests that outran the queue's timeout.</param>
/// <param name="Waiting">Requests that no server has yet.</param>
/// <param name="Assigned">Requests that a server has.</param>
/// <param name="Refused">Requests not taken, because too many waited.</param>
/// <param name="Redelivered">The times that a request was taken back from a server for another.</param>
/// <param name="Repeated">The times that an open request came again.</param>
/// <param name="Servers">Servers that take requests now.</param>
public sealed record QueueCounts(
    long Accepted, long Answered, long Failed, long Lost, long Expired, long Waiting, long Assigned, long Refused, long Redelivered, long Repeated, int Servers)
{
    /// <summary>For logs.</summary>
    public override string ToString() =>
        $"accepted {Accepted} = answered {Answered} + failed {Failed} + lost {Lost} + expired {Expired} + waiting {Waiting} + assigned {Assigned}; "
        + $"refused {Refused}, redelivered {Redelivered}, repeated {Repeated}, servers {Servers}";
}

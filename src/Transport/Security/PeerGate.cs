using Akka.Actor;

namespace Actors.Transport;

/// <summary>Decides who may connect to a socket: by its list, then by its authenticator. Without both, everyone may.</summary>
/// <param name="domain">The domain that the authenticator is told.</param>
/// <param name="list">Null lets all pass.</param>
/// <param name="authenticator">Null asks nobody.</param>
/// <param name="limit">The time that the authenticator has.</param>
internal sealed class PeerGate(string domain, IPeerList? list, IActorRef? authenticator, TimeSpan limit)
{
    public string Domain => domain;

    /// <summary>Told what is wrong with the list, or with the authenticator, on any thread. Set before the socket opens.</summary>
    public Action<string>? Faulted { get; set; }

    /// <summary>Decides on the thread pool, because a list may have to be read and the caller's thread must not wait.</summary>
    /// <param name="request">What is known of the peer.</param>
    /// <param name="answer">Told the decision once, on any thread.</param>
    public void Ask(ZapRequest request, Action<ZapDecision> answer) => ThreadPool.UnsafeQueueUserWorkItem(_ => Decide(request, answer), null);

    private async void Decide(ZapRequest request, Action<ZapDecision> answer)
    {
        ZapDecision decision;
        try
        {
            decision = await Decide(request).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            Faulted?.Invoke($"whether {request.Who} may connect could not be decided: {fault.Message}");
            decision = ZapDecision.Deny($"{request.Who} could not be checked", 300);
        }
        answer(decision);
    }

    private async Task<ZapDecision> Decide(ZapRequest request)
    {
        var listed = list?.Decide(request, Faulted) ?? ZapDecision.Allow();
        if (!listed.IsAllowed) return listed;
        var known = listed.UserId.Length > 0 ? listed.UserId : request.PublicKey ?? request.Username ?? "";
        if (authenticator is null) return ZapDecision.Allow(known);
        var decision = await AskAuthenticator(authenticator, request).ConfigureAwait(false);
        return decision.IsAllowed && decision.UserId.Length == 0 ? ZapDecision.Allow(known) : decision;
    }

    private async Task<ZapDecision> AskAuthenticator(IActorRef actor, ZapRequest request)
    {
        object answer;
        try
        {
            answer = await actor.Ask(request, limit).ConfigureAwait(false);
        }
        catch (AskTimeoutException)
        {
            Faulted?.Invoke($"the authenticator {actor.Path} did not answer within {limit.TotalMilliseconds} ms whether {request.Who} may connect");
            return ZapDecision.Deny($"{request.Who}: the authenticator did not answer within {limit.TotalMilliseconds} ms", 300);
        }
        if (answer is ZapDecision decision) return decision.IsAllowed ? decision : ZapDecision.Deny($"{request.Who}: {decision.Reason}", decision.StatusCode);
        Faulted?.Invoke($"the authenticator {actor.Path} answered with a {answer.GetType().Name}: expected a {nameof(ZapDecision)}");
        return ZapDecision.Deny($"{request.Who}: the authenticator gave no decision", 300);
    }
}

/// <summary>A list of those who may connect. Called from any thread.</summary>
internal interface IPeerList
{
    /// <param name="request">What is known of the peer.</param>
    /// <param name="faulted">Told when the list cannot be read again and the old one stays in force.</param>
    ZapDecision Decide(ZapRequest request, Action<string>? faulted);
}

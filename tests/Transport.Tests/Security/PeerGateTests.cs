using Actors.Transport;
using Akka.Actor;
using Akka.TestKit.Xunit2;

namespace Transport.Tests.Security;

/// <summary>A list and an authenticator together: who is asked, and what becomes of no answer.</summary>
public sealed class PeerGateTests : TestKit
{
    private static readonly ZapRequest Joe = new() { Domain = "d", Address = "127.0.0.1", RoutingId = default, Mechanism = "PLAIN", Username = "joe", Password = "p" };

    private readonly List<string> _faults = [];

    private Task<ZapDecision> Ask(IPeerList? list = null, IActorRef? authenticator = null, TimeSpan? limit = null)
    {
        var gate = new PeerGate("d", list, authenticator, limit ?? TimeSpan.FromSeconds(30)) { Faulted = _faults.Add };
        var decided = new TaskCompletionSource<ZapDecision>(TaskCreationOptions.RunContinuationsAsynchronously);
        gate.Ask(Joe, decided.SetResult);
        return decided.Task;
    }

    [Fact]
    public async Task Without_a_list_and_an_authenticator_everyone_is_let_in_under_what_he_has_proved()
    {
        var decision = await Ask();

        Assert.Equal((true, "joe"), (decision.IsAllowed, decision.UserId));
    }

    [Fact]
    public async Task The_authenticator_is_told_the_request_and_its_user_id_counts()
    {
        var decided = Ask(authenticator: TestActor);
        Assert.Equal(Joe, ExpectMsg<ZapRequest>());
        LastSender.Tell(ZapDecision.Allow("joe the first"));

        Assert.Equal("joe the first", (await decided).UserId);
    }

    [Fact]
    public async Task What_the_authenticator_refuses_is_refused_with_its_code_and_reason()
    {
        var decided = Ask(new Listed(ZapDecision.Allow("listed")), TestActor);
        ExpectMsg<ZapRequest>();
        LastSender.Tell(ZapDecision.Deny("too late in the day", 300));

        Assert.Equal((300, "the user \"joe\": too late in the day"), ((await decided).StatusCode, (await decided).Reason));
    }

    [Fact]
    public async Task The_authenticator_is_not_asked_about_whom_the_list_refuses()
    {
        var decision = await Ask(new Listed(ZapDecision.Deny("not listed")), TestActor);

        Assert.Equal((400, "not listed"), (decision.StatusCode, decision.Reason));
        TestActor.Tell("nothing before this");
        ExpectMsg("nothing before this");
    }

    [Fact]
    public async Task An_authenticator_that_does_not_answer_lets_nobody_in_and_is_logged()
    {
        var decision = await Ask(authenticator: TestActor, limit: TimeSpan.FromMilliseconds(50));

        Assert.Equal(300, decision.StatusCode);
        Assert.Contains("did not answer within 50 ms whether the user \"joe\" may connect", Assert.Single(_faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_authenticator_that_answers_with_something_else_lets_nobody_in_and_is_logged()
    {
        var decided = Ask(authenticator: TestActor);
        ExpectMsg<ZapRequest>();
        LastSender.Tell("yes");

        Assert.Equal(300, (await decided).StatusCode);
        Assert.Contains("answered with a String: expected a ZapDecision", Assert.Single(_faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_fails_lets_nobody_in_and_is_logged()
    {
        var decision = await Ask(new Listed(null));

        Assert.Equal(300, decision.StatusCode);
        Assert.Single(_faults);
    }

    private sealed class Listed(ZapDecision? decision) : IPeerList
    {
        public ZapDecision Decide(ZapRequest request, Action<string>? faulted) => decision ?? throw new InvalidOperationException("the list is broken");
    }
}

using Akka.Actor;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>Expects silence for what remains of the Within block, or for <c>akka.test.single-expect-default</c>.</summary>
    public void ExpectNoMsg(CancellationToken cancellationToken = default) => ExpectSilence(RemainingOrDefault, cancellationToken);

    public void ExpectNoMsg(TimeSpan duration, CancellationToken cancellationToken = default) =>
        ExpectSilence(RemainingOrDilated(duration), cancellationToken);

    public void ExpectNoMsg(int milliseconds, CancellationToken cancellationToken = default) =>
        ExpectNoMsg(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    public ValueTask ExpectNoMsgAsync(CancellationToken cancellationToken = default) =>
        ExpectSilenceAsync(RemainingOrDefault, cancellationToken);

    public ValueTask ExpectNoMsgAsync(TimeSpan duration, CancellationToken cancellationToken = default) =>
        ExpectSilenceAsync(RemainingOrDilated(duration), cancellationToken);

    public ValueTask ExpectNoMsgAsync(int milliseconds, CancellationToken cancellationToken = default) =>
        ExpectNoMsgAsync(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    /// <summary>Expects that the actor, which has to be watched, terminates.</summary>
    public Terminated ExpectTerminated(
        IActorRef target, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect(timeout, MustBeOf(target, hint), hint, cancellationToken);

    public ValueTask<Terminated> ExpectTerminatedAsync(
        IActorRef target, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync(timeout, MustBeOf(target, hint), hint, cancellationToken);

    private void ExpectSilence(TimeSpan duration, CancellationToken token)
    {
        if (Take(duration, token, out var envelope))
        {
            throw Failure(Disturbed(duration, envelope));
        }
    }

    private async ValueTask ExpectSilenceAsync(TimeSpan duration, CancellationToken token)
    {
        var (received, envelope) = await TakeAsync(duration, token);
        if (received)
        {
            throw Failure(Disturbed(duration, envelope));
        }
    }

    private static string Disturbed(TimeSpan duration, MessageEnvelope envelope) =>
        $"Failed: Expected no messages during {duration}, instead we received {envelope}";

    private Action<Terminated, IActorRef> MustBeOf(IActorRef target, string? hint) => (terminated, _) =>
        _assertions.AssertEqual(
            target, terminated.ActorRef, "{0}", $"Failed: Expected the termination of {target}, got that of {terminated.ActorRef}.{Hint(hint)}");
}

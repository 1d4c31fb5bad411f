using Akka.Actor;

namespace Akka.TestKit.Tests;

public class ExpectMsgTests : Xunit2.TestKit
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void A_message_of_the_type_is_returned()
    {
        TestActor.Tell("hello");

        Assert.Equal("hello", ExpectMsg<string>(Wait));
    }

    [Fact]
    public void A_message_of_a_derived_type_counts()
    {
        TestActor.Tell(new ArgumentNullException("x"));

        ExpectMsg<ArgumentException>(Wait);
    }

    [Fact]
    public void An_equal_message_is_returned()
    {
        TestActor.Tell(42);

        Assert.Equal(42, ExpectMsg(42, Wait));
    }

    [Fact]
    public void Collections_are_equal_by_their_elements()
    {
        TestActor.Tell(new List<int> { 1, 2, 3 });

        ExpectMsg(new List<int> { 1, 2, 3 }, Wait);
    }

    [Fact]
    public void A_comparer_may_decide()
    {
        TestActor.Tell("HELLO");

        ExpectMsg("hello", (a, b) => a.Equals(b, StringComparison.OrdinalIgnoreCase), Wait);
    }

    [Fact]
    public void A_predicate_may_decide()
    {
        TestActor.Tell(42);

        ExpectMsg<int>(n => n > 41, Wait);
    }

    [Fact]
    public void A_predicate_may_look_at_the_sender()
    {
        TestActor.Tell(42, TestActor);

        ExpectMsg<int>((n, sender) => n == 42 && sender.Equals(TestActor), Wait);
    }

    [Fact]
    public void Silence_fails_with_the_type_and_the_time()
    {
        var text = FailureOf.This(() => ExpectMsg<string>(Short, "No greeting."));

        Assert.Contains("System.String", text);
        Assert.Contains("00:00:00.05", text);
        Assert.Contains("No greeting.", text);
    }

    [Fact]
    public void Another_type_fails_with_what_was_received_and_from_whom()
    {
        TestActor.Tell(42, TestActor);

        var text = FailureOf.This(() => ExpectMsg<string>(Wait));

        Assert.Contains("System.String", text);
        Assert.Contains("42", text);
        Assert.Contains("System.Int32", text);
        Assert.Contains(TestActor.ToString()!, text);
    }

    [Fact]
    public void Another_value_fails_with_both()
    {
        TestActor.Tell("{braces} are text");

        var text = FailureOf.This(() => ExpectMsg("hello", Wait));

        Assert.Contains("hello", text);
        Assert.Contains("{braces} are text", text);
    }

    [Fact]
    public void A_predicate_that_refuses_fails_with_the_message()
    {
        TestActor.Tell(42);

        Assert.Contains("42", FailureOf.This(() => ExpectMsg<int>(n => n < 0, Wait)));
    }

    [Fact]
    public void An_assertion_that_throws_fails_with_its_own_exception()
    {
        TestActor.Tell(42);

        Assert.Throws<FormatException>(() => ExpectMsg<int>((Action<int>)(_ => throw new FormatException()), Wait));
    }

    [Fact]
    public void An_infinite_wait_is_refused()
    {
        Assert.Throws<ArgumentException>(() => ExpectMsg<string>(Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public void A_wait_can_be_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => ExpectMsg<string>(Wait, cancellationToken: cancel.Token));
    }

    [Fact]
    public void The_last_message_and_its_sender_are_kept()
    {
        TestActor.Tell("one", TestActor);
        ExpectMsg<string>(Wait);

        Assert.Equal("one", LastMessage);
        Assert.Equal(TestActor, LastSender);
    }

    [Fact]
    public void Without_a_last_message_there_is_no_last_sender()
    {
        FailureOf.This(() => ExpectMsg<string>(Short));

        Assert.Throws<InvalidOperationException>(() => LastSender);
    }

    [Fact]
    public async Task All_kinds_can_be_awaited()
    {
        foreach (var i in Enumerable.Range(0, 6))
        {
            TestActor.Tell(i, TestActor);
        }

        Assert.Equal(0, await ExpectMsgAsync<int>(Wait));
        Assert.Equal(1, await ExpectMsgAsync(1, Wait));
        Assert.Equal(2, await ExpectMsgAsync<int>(n => n == 2, Wait));
        Assert.Equal(3, await ExpectMsgAsync<int>(n => Assert.Equal(3, n), Wait));
        Assert.Equal(4, await ExpectMsgAsync<int>((n, sender) => sender.Equals(TestActor), Wait));
        Assert.Equal(5, await ExpectMsgAsync(5, (a, b) => a == b, Wait));
        Assert.Contains("System.String", await FailureOf.ThisAsync(async () => await ExpectMsgAsync<string>(Short)));
    }
}

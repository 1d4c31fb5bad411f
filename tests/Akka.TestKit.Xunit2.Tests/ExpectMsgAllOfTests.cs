using Akka.Actor;

namespace Akka.TestKit.Tests;

public class ExpectMsgAllOfTests : Xunit2.TestKit
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);

    private void Tell(params object[] messages)
    {
        foreach (var message in messages)
        {
            TestActor.Tell(message);
        }
    }

    [Fact]
    public void The_messages_may_come_in_any_order()
    {
        Tell("b", "a", "c");

        Assert.Equal(["b", "a", "c"], ExpectMsgAllOf(Wait, "a", "b", "c"));
    }

    [Fact]
    public void One_that_is_another_fails_with_what_is_missing_and_what_is_not_expected()
    {
        Tell("a", "x");

        var text = FailureOf.This(() => ExpectMsgAllOf(Wait, "a", "b"));

        Assert.Matches(@"Not found \[\{b\}.*\], found unexpected \[\{x\}", text);
    }

    [Fact]
    public void The_same_message_twice_is_not_two_messages()
    {
        Tell("a", "a");

        FailureOf.This(() => ExpectMsgAllOf(Wait, "a", "b"));
    }

    [Fact]
    public void Too_few_fail_with_those_that_came()
    {
        Tell("a");

        var text = FailureOf.This(() => ExpectMsgAllOf(Short, "a", "b"));

        Assert.Contains("Only got 1", text);
        Assert.Contains("{a}", text);
    }

    [Fact]
    public void Any_of_takes_the_first_that_is_expected()
    {
        Tell("b");

        Assert.Equal("b", ExpectMsgAnyOf(["a", "b"]));
    }

    [Fact]
    public void Any_of_fails_with_another_message()
    {
        Tell("x");

        var text = FailureOf.This(() => ExpectMsgAnyOf(["a", "b"]));

        Assert.Contains("{a}", text);
        Assert.Contains("<x>", text);
    }

    [Fact]
    public void Predicates_match_each_its_message()
    {
        Tell(42, "hello");

        var received = ExpectMsgAllOfMatchingPredicates(
            Wait, PredicateInfo.Create<string>(s => s.Length == 5), PredicateInfo.Create<int>(n => n > 0));

        Assert.Equal([42, "hello"], received);
    }

    [Fact]
    public void A_predicate_without_its_message_fails()
    {
        Tell("hello", "there");

        var text = FailureOf.This(() => ExpectMsgAllOfMatchingPredicates(
            Wait, PredicateInfo.Create<string>(s => s == "hello"), PredicateInfo.Create<int>(_ => true)));

        Assert.Contains("System.Int32", text);
        Assert.Contains("{there}", text);
    }

    [Fact]
    public async Task It_can_be_awaited()
    {
        Tell("b", "a");

        var received = new List<string>();
        await foreach (var message in ExpectMsgAllOfAsync(Wait, ["a", "b"]))
        {
            received.Add(message);
        }

        Assert.Equal(["b", "a"], received);
    }
}

using Chaos.Grains;

namespace Chaos.Tests;

public sealed class CallLedgerTests
{
    private readonly CallLedger _ledger = new(10);

    [Fact]
    public void A_repeat_that_gets_another_result_violates_the_run()
    {
        _ledger.Begin("a");
        _ledger.Take(1, new Answer("1"));
        _ledger.Take(1, new Answer("1"));
        Assert.False(_ledger.Violated.IsCompleted);

        _ledger.Take(1, new Answer("2"));

        Assert.Equal("the call 1 of a got 1 and then 2: expected the first result for each repeat", _ledger.Violated.Exception?.InnerException?.Message);
    }

    [Fact]
    public void An_answer_to_a_call_that_nobody_made_violates_the_run()
    {
        _ledger.Take(7, new Answer("1"));

        Assert.True(_ledger.Violated.IsFaulted);
    }

    [Fact]
    public void A_result_that_a_key_gives_twice_is_found()
    {
        Result("a", "1");
        Result("a", "1");

        Assert.Contains("a gave 1 to the calls 1, 2: expected each result once", _ledger.Faults(Values(2)));
    }

    [Theory]
    [InlineData(1, "a is 1 after 2 calls with a result and 1 without: expected from 2 to 3")]
    [InlineData(4, "a is 4 after 2 calls with a result and 1 without: expected from 2 to 3")]
    public void A_value_that_the_calls_do_not_add_up_to_is_found(long value, string fault)
    {
        Result("a", "1");
        Result("a", "2");
        _ledger.Begin("a");

        Assert.Contains(fault, _ledger.Faults(Values(value)));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void A_call_without_a_result_may_be_counted_or_not(long value)
    {
        Result("a", "1");
        Result("a", "2");
        _ledger.Begin("a");

        Assert.Empty(_ledger.Faults(Values(value)));
    }

    private static Dictionary<string, long> Values(long value) => new() { ["a"] = value };

    private void Result(string key, string result) => _ledger.Take(_ledger.Begin(key)!.Number, new Answer(result));
}

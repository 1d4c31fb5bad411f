using Akka.TestKit.Xunit2;
using Akka.TestKit.Xunit2.Internals;
using Xunit.Sdk;

namespace Akka.TestKit.Tests;

public class XunitAssertionsTests
{
    private readonly XunitAssertions _assertions = new();

    [Fact]
    public void A_failure_has_its_text()
    {
        Assert.Contains("no 7", Assert.Throws<FailException>(() => _assertions.Fail("no {0}", 7)).Message);
        Assert.Contains("{no format}", Assert.Throws<FailException>(() => _assertions.Fail("{no format}")).Message);
        Assert.Contains("no", Assert.Throws<TrueException>(() => _assertions.AssertTrue(false, "no")).Message);
        Assert.Contains("yes", Assert.Throws<FalseException>(() => _assertions.AssertFalse(true, "yes")).Message);
    }

    [Fact]
    public void What_holds_does_not_throw()
    {
        _assertions.AssertTrue(true);
        _assertions.AssertFalse(false);
        _assertions.AssertEqual("a", "a");
        _assertions.AssertEqual("a", "A", (x, y) => x.Equals(y, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_difference_shows_both_values()
    {
        var text = Assert.Throws<AkkaEqualException>(() => _assertions.AssertEqual("left", "right")).Message;

        Assert.Contains("left", text);
        Assert.Contains("right", text);
    }

    public static TheoryData<object?, object?, bool> Pairs => new()
    {
        { null, null, true },
        { null, 1, false },
        { 1, 1, true },
        { 1, 2, false },
        { new[] { 1, 2 }, new[] { 1, 2 }, true },
        { new[] { 1, 2 }, new[] { 1, 2, 3 }, false },
        { new[] { 1, 2, 3 }, new[] { 1, 2 }, false },
        { new[] { new[] { 1 }, new[] { 2 } }, new[] { new[] { 1 }, new[] { 2 } }, true },
        { new[] { 1 }, new List<int> { 1 }, false },
        { "ab", new[] { 'a', 'b' }, false },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Values_are_equal_by_value_and_collections_by_elements(object? x, object? y, bool equal)
    {
        Assert.Equal(equal, new AkkaAssertEqualityComparer<object?>().Equals(x, y));
    }
}

using Actors.Grains;

namespace Grains.Tests.Runtime;

public sealed class CallTests : GrainTests
{
    public static TheoryData<string> OddKeys => ["a/b", "..", ".", "$a", " ", "a b", "%2F", "\n", "Grüße 👋 \u05d0", "a\0b", new string('k', 5_000), string.Concat(Enumerable.Repeat("👋", 1_250))];

    [Fact]
    public async Task A_grain_is_called_by_its_key()
    {
        Assert.Equal(5, await Grains.Get<ICounter>("alice").Add(5));
        Assert.Equal(7, await Grains.Get<ICounter>("alice").Add(2));
        Assert.Equal(1, await Grains.Get<ICounter>("bob").Add(1));
        Assert.Equal(7, await Grains.Get<ICounter>("alice").Get());
    }

    [Theory]
    [MemberData(nameof(OddKeys))]
    public async Task A_key_is_any_text(string key)
    {
        await Grains.Get<ICounter>(key).Add(1);
        await Grains.Get<ICounter>(key).Leave();
        Assert.Equal(3, await Grains.Get<ICounter>(key).Add(2));
    }

    [Fact]
    public async Task A_key_can_be_a_number_or_an_id()
    {
        var id = Guid.NewGuid();
        await Grains.Get<ICounter>(-42).Add(1);
        await Grains.Get<ICounter>(id).Add(2);
        Assert.Equal(1, await Grains.Get<ICounter>("-42").Get());
        Assert.Equal(2, await Grains.Get<ICounter>(id.ToString()).Get());
    }

    [Fact]
    public void An_empty_key_is_refused() => Assert.Throws<ArgumentException>(() => Grains.Get<ICounter>(""));

    [Fact]
    public void An_interface_that_is_none_of_grains_is_refused() =>
        Assert.Contains("expected an interface with [Grain", Assert.Throws<ArgumentException>(() => Grains.Get<IDisposable>("a")).Message);

    [Fact]
    public void References_to_one_grain_are_equal()
    {
        Assert.Equal(Grains.Get<ICounter>("a"), Grains.Get<ICounter>("a"));
        Assert.NotEqual(Grains.Get<ICounter>("a"), Grains.Get<ICounter>("b"));
        Assert.Equal("tally/a", Grains.Get<ICounter>("a").ToString());
    }

    [Fact]
    public async Task A_grain_that_throws_fails_the_call_and_goes_on()
    {
        var grain = Grains.Get<IStepper>("a");
        var failure = await Assert.ThrowsAsync<GrainException>(() => grain.Fail("broken"));
        Assert.Equal((GrainError.Failed, "broken"), (failure.Error, failure.Message));
        Assert.IsType<InvalidOperationException>(failure.InnerException);
        Stage["x may end"].SetResult();
        await grain.Step("x");
        Assert.Single(Stage.Told, told => told == "a active");
    }

    [Fact]
    public async Task A_call_that_is_cancelled_while_it_waits_is_not_begun()
    {
        var grain = Grains.Get<IStepper>("a");
        using var cancel = new CancellationTokenSource();
        var first = grain.Step("first");
        await Stage.Wait("first begins");
        var second = grain.Step("second", cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Stage["first may end"].SetResult();
        await first;
        Stage["third may end"].SetResult();
        await grain.Step("third");
        Assert.DoesNotContain("second begins", Stage.Told);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_while_it_runs_sees_its_token()
    {
        using var cancel = new CancellationTokenSource();
        var call = Grains.Get<IStepper>("a").Step("x", cancel.Token);
        await Stage.Wait("x begins");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task A_call_whose_time_is_up_is_not_begun()
    {
        var grain = Grains.Get<IStepper>("a");
        var first = grain.Step("first");
        await Stage.Wait("first begins");
        var second = Grains.With(new CallOptions { Timeout = TimeSpan.FromSeconds(5) }).Get<IStepper>("a").Step("second");
        Cluster.Time.Advance(TimeSpan.FromSeconds(6));
        Stage["first may end"].SetResult();
        await first;
        Assert.Equal(GrainError.Timeout, (await Assert.ThrowsAsync<GrainException>(() => second)).Error);
        Assert.DoesNotContain("second begins", Stage.Told);
    }

    [Fact]
    public async Task A_call_that_runs_too_long_times_out()
    {
        var call = Grains.Get<IStepper>("a").Step("x");
        await Stage.Wait("x begins");
        Cluster.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(GrainError.Timeout, (await Assert.ThrowsAsync<GrainException>(() => call.WaitAsync(Patience))).Error);
        Stage["x may end"].SetResult();
    }

    [Fact]
    public async Task A_kind_that_no_node_has_is_named_when_the_calls_time_is_up()
    {
        var call = Grains.Get<INobody>("a").Call();
        Cluster.Time.Advance(TimeSpan.FromSeconds(31));
        var failure = await Assert.ThrowsAsync<GrainException>(() => call.WaitAsync(Patience));
        Assert.Equal(GrainError.UnknownKind, failure.Error);
        Assert.Contains("no node of the cluster has grains of kind \"nobody\"", failure.Message);
    }

    /// <summary>Has no class.</summary>
    [Grain("nobody")]
    public interface INobody
    {
        Task Call();
    }
}

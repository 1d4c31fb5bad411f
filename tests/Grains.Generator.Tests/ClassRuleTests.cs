namespace Actors.Grains.Generator.Tests;

/// <summary>What cannot be a class of grains is named at build time.</summary>
public sealed class ClassRuleTests
{
    private const string Interfaces = "[Grain(\"i\")] public interface IOne { [ReadOnly] Task M(); } [Grain(\"j\")] public interface ITwo { } public class S; ";

    [Fact]
    public Task A_class_has_an_interface() =>
        Finds("ACTG016", "X is derived from Grain and implements no grain interface", "public class X : Grain, IDisposable { public void Dispose() { } }");

    [Fact]
    public Task A_class_has_one_interface() => Finds("ACTG017", "X implements IOne and ITwo", "public class X : Grain, IOne, ITwo { public Task M() => Task.CompletedTask; }");

    [Theory]
    [InlineData("public X() { } public X(IServiceProvider services) { }", "X has 2 public constructors")]
    [InlineData("internal X() { }", "X has no public constructors")]
    public Task A_class_has_one_public_constructor(string members, string message) => Finds("ACTG018", message, Class(members));

    [Theory]
    [InlineData("public X(ref int value) { }", "the parameter value of the constructor of X is ref")]
    [InlineData("public X(ReadOnlySpan<int> value) { }", "is a ReadOnlySpan<int>")]
    [InlineData("public X([Microsoft.Extensions.DependencyInjection.FromKeyedServices(null)] string value) { }", "is [FromKeyedServices] with a key that is no constant")]
    public Task A_constructor_takes_what_can_be_given(string members, string message) => Finds("ACTG019", message, Class(members), "value");

    [Fact]
    public Task A_grain_has_one_state() => Finds("ACTG020", "X takes 2 states", Class("public X(IState<S> first, IState<S> second) { }"), "second");

    [Fact]
    public Task A_grain_has_no_required_members() => Finds("ACTG021", "X has the required member Name", Class("public required string Name { get; set; }"), "Name");

    [Fact]
    public Task A_class_is_not_generic() => Finds("ACTG022", "X is generic", "public class X<T> : Grain, IOne { public Task M() => Task.CompletedTask; }");

    [Fact]
    public Task The_assembly_sees_a_class() =>
        Finds("ACTG004", "X is private", "public class Outer { private class X : Grain, IOne { public Task M() => Task.CompletedTask; } }");

    [Theory]
    [InlineData("ReadOnly")]
    [InlineData("Alias(\"N\")")]
    public Task An_attribute_of_a_method_belongs_to_the_interface(string attribute) =>
        Finds("ACTG023", "which only counts on the method of the grain interface: expected it on the method of IOne", $"public class X : Grain, IOne {{ [{attribute}] public Task M() => Task.CompletedTask; }}", "M");

    [Fact]
    public Task A_stateless_worker_has_no_state() =>
        Finds("ACTG024", "X is a stateless worker and takes IState<S>", "[StatelessWorker] " + Class("public X(IState<S> state) { }"), "state");

    [Fact]
    public Task A_stateless_worker_has_no_reminders() =>
        Finds("ACTG025", "X is a stateless worker and implements IRemindable", "[StatelessWorker(2)] public class X : Grain, IOne, IRemindable { public Task M() => Task.CompletedTask; public Task ReceiveReminder(string name, DateTimeOffset due, CancellationToken cancel) => M(); }");

    [Fact]
    public Task A_stateless_worker_has_a_number_of_activations() =>
        Finds("ACTG026", "X has [StatelessWorker(-1)]", "[StatelessWorker(-1)] " + Class(""));

    [Fact]
    public Task JSON_carries_the_state() =>
        Finds("ACTG027", "the state of X is (int, int), a tuple", Class("public X(IState<(int, int)> state) { }"), "state");

    [Fact]
    public async Task An_abstract_class_may_be_a_base_of_grains()
    {
        var compiled = Compiled.From(Interfaces + "public abstract class Base<T>(T value) : Grain { protected T Value => value; } public class X(IServiceProvider services) : Base<IServiceProvider>(services), IOne { public Task M() => Task.CompletedTask; }");

        Assert.Empty(await compiled.Check());
        Assert.Empty(compiled.Complaints);
    }

    private static string Class(string members) => $"public class X : Grain, IOne {{ {members} public Task M() => Task.CompletedTask; }}";

    private static Task Finds(string id, string message, string code, string place = "X") => Finding.Is(id, message, Interfaces + code, place);
}

using Microsoft.CodeAnalysis;

namespace Actors.Grains.Generator.Tests;

/// <summary>What cannot be a grain interface is named at build time.</summary>
public sealed class InterfaceRuleTests
{
    [Theory]
    [InlineData("", "the kind \"\" of IX is empty: expected")]
    [InlineData("a b", "the kind \"a b\" of IX has the character ' ': expected")]
    [InlineData("zähler", "has the character 'ä'")]
    public Task The_kind_has_the_characters_of_the_wire(string kind, string message) =>
        Finds("ACTG001", message, $"[Grain(\"{kind}\")] public interface IX {{ Task M(); }}");

    [Fact]
    public Task The_kind_has_at_most_100_characters() =>
        Finds("ACTG001", "has 101 characters", $"[Grain(\"{new string('k', 101)}\")] public interface IX {{ Task M(); }}");

    [Fact]
    public Task Two_interfaces_have_two_kinds() =>
        Finds("ACTG002", "N.IY has the kind \"k\", which N.IX has too", "namespace N; [Grain(\"k\")] public interface IX; [Grain(\"k\")] public interface IY;", "IY");

    [Theory]
    [InlineData("[Grain(\"k\")] public interface IX<T> { Task M(T value); }")]
    [InlineData("public class Outer<T> { [Grain(\"k\")] public interface IX { Task M(T value); } }")]
    public Task A_grain_interface_is_not_generic(string code) => Finds("ACTG003", "IX is generic", code);

    [Theory]
    [InlineData("public class Outer { [Grain(\"k\")] private interface IX; }", "IX is private")]
    [InlineData("public class Outer { private class Inner { [Grain(\"k\")] public interface IX; } }", "IX is inside Inner, which is private")]
    [InlineData("[Grain(\"k\")] file interface IX;", "IX is local to its file")]
    public Task The_assembly_sees_a_grain_interface(string code, string message) => Finds("ACTG004", message, code);

    [Theory]
    [InlineData("int Number { get; }", "Number of IX is a property", "Number")]
    [InlineData("int this[int i] { get; }", "of IX is an indexer", "this")]
    [InlineData("event Action Changed;", "Changed of IX is an event", "Changed")]
    [InlineData("static abstract Task M();", "M of IX is a static method without a body", "M")]
    [InlineData("internal Task M();", "M of IX is not public", "M")]
    public Task A_grain_interface_has_methods_only(string member, string message, string place) => Finds("ACTG005", message, Grain(member), place);

    [Theory]
    [InlineData("void M();", "IX.M returns void")]
    [InlineData("int M();", "IX.M returns int")]
    [InlineData("object M();", "IX.M returns object")]
    [InlineData("ref Task M();", "IX.M returns ref Task")]
    [InlineData("dynamic M();", "IX.M returns dynamic")]
    public Task A_method_returns_a_task(string method, string message) => Finds("ACTG006", message, Grain(method), "M");

    [Fact]
    public Task An_inherited_method_is_held_against_the_rules_too() =>
        Finds("ACTG006", "IDisposable.Dispose returns void", "[Grain(\"k\")] public interface IX : IDisposable;", "IX");

    [Fact]
    public Task A_method_returns_no_stream() => Finds("ACTG007", "IX.M returns IAsyncEnumerable<int>", Grain("IAsyncEnumerable<int> M();"), "M");

    [Fact]
    public Task A_method_is_not_generic() => Finds("ACTG008", "IX.M is generic", Grain("Task<T> M<T>(T value);"), "M");

    [Theory]
    [InlineData("Task M(ref int value);", "the parameter value of IX.M is ref")]
    [InlineData("Task M(out int value);", "the parameter value of IX.M is out")]
    [InlineData("Task M(in int value);", "the parameter value of IX.M is in")]
    [InlineData("Task M(ReadOnlySpan<byte> value);", "the parameter value of IX.M is a ReadOnlySpan<byte>")]
    [InlineData("unsafe Task M(int* value);", "the parameter value of IX.M is a pointer")]
    public Task A_parameter_is_a_value(string method, string message) => Finds("ACTG009", message, Grain(method), "value");

    [Fact]
    public Task A_method_has_one_token() => Finds("ACTG010", "IX.M has 2 cancellation tokens", Grain("Task M(CancellationToken a, CancellationToken b);"), "M");

    [Fact]
    public Task An_overload_has_a_name_of_its_own() =>
        Finds("ACTG011", "IX.M(string) is an overload of IX.M(int): expected [Alias(\"...\")]", Grain("Task M(int a); Task M(string a);"), "M");

    [Theory]
    [InlineData("Task M(); [Alias(\"M\")] Task O();")]
    [InlineData("[Alias(\"N\")] Task M(); [Alias(\"N\")] Task O();")]
    public Task Two_methods_have_two_names_on_the_wire(string methods) => Finds("ACTG012", "IX.O() has the name", Grain(methods), "O");

    [Theory]
    [InlineData("[Alias(\"\")] Task M();", "the name \"\" of IX.M is empty")]
    [InlineData("[Alias(\"a/b\")] Task M();", "the name \"a/b\" of IX.M has the character '/'")]
    [InlineData("Task Größe();", "the name \"Größe\" of IX.Größe has the character 'ö'")]
    public Task The_name_of_a_method_has_the_characters_of_the_wire(string method, string message) => Finds("ACTG013", message, Grain(method), null);

    [Theory]
    [InlineData("Task M(Action value);", "the parameter value of IX.M is Action, a delegate")]
    [InlineData("Task M(List<Func<int>> value);", "the parameter value of IX.M is Func<int>, a delegate")]
    [InlineData("Task M(nint value);", "is nint, a pointer")]
    [InlineData("Task M(int[,] value);", "is int[,], an array of more than one dimension")]
    [InlineData("Task M((int a, string b) value);", "is (int a, string b), a tuple")]
    [InlineData("Task M((int, int)? value);", "is (int, int), a tuple")]
    [InlineData("Task M(IX value);", "is IX, a grain: expected its key")]
    [InlineData("Task M(Grain value);", "is Grain, a grain: expected its key")]
    [InlineData("Task M(System.IO.MemoryStream value);", "is MemoryStream, a stream: expected its bytes")]
    [InlineData("Task M(Task<int> value);", "is Task<int>, a task")]
    [InlineData("Task<ValueTask> M();", "the result of IX.M is ValueTask, a task")]
    [InlineData("Task<IAsyncEnumerable<int>> M();", "the result of IX.M is IAsyncEnumerable<int>, a stream of items")]
    [InlineData("Task<CancellationToken> M();", "the result of IX.M is CancellationToken, a cancellation token")]
    [InlineData("Task M(CancellationToken[] value);", "is CancellationToken, a cancellation token")]
    [InlineData("Task M(Type value);", "is Type, a piece of a program")]
    public Task JSON_cannot_carry_everything(string method, string message) => Finds("ACTG014", message, Grain(method), null);

    [Theory]
    [InlineData("Task M(object value);", "is object, which arrives as a JsonElement")]
    [InlineData("Task M(dynamic[] value);", "is dynamic, which arrives as a JsonElement")]
    [InlineData("Task<IComparable> M();", "the result of IX.M is IComparable, an interface, which JSON writes and cannot read")]
    [InlineData("Task M(List<Abstract> value); public abstract class Abstract;", "is Abstract, an abstract class")]
    public Task JSON_may_not_carry_open_types(string method, string message) => Finds("ACTG015", message, Grain(method), null);

    [Theory]
    [InlineData("Task M(IReadOnlyList<Dictionary<string, int?>> value);")]
    [InlineData("Task M(byte[][] value, ReadOnlyMemory<byte> more, Guid? id, DayOfWeek day, TimeSpan time, Uri? uri);")]
    [InlineData("Task<System.Text.Json.Nodes.JsonNode?> M(System.Text.Json.JsonElement value);")]
    [InlineData("Task M(Shape value); [System.Text.Json.Serialization.JsonDerivedType(typeof(Circle), \"circle\")] public abstract record Shape; public record Circle : Shape;")]
    [InlineData("Task M(int a); [Alias(\"M2\")] Task M(string a);")]
    [InlineData("static Task Helper() => Task.CompletedTask; private void Hidden() { } sealed Task Both() => M(); Task M(); const int Most = 3; static int Number { get; set; }")]
    [InlineData("Task M(params List<int> value);")]
    public async Task What_is_right_is_not_found_fault_with(string members)
    {
        var compiled = Compiled.From(Grain(members));

        Assert.Empty(await compiled.Check());
        Assert.Empty(compiled.Complaints);
        Assert.Contains("Actors.Grains.Generated.XProxy.g.cs", compiled.Files);
    }

    [Fact]
    public async Task A_warning_can_be_switched_off_where_it_occurs()
    {
        const string code = """
            [Grain("k")]
            public interface IX
            {
            #pragma warning disable ACTG015
                Task M(object value);
            #pragma warning restore ACTG015
            }
            """;

        Assert.Empty(await Compiled.From(code).Check());
    }

    private static string Grain(string members) => $"[Grain(\"k\")] public interface IX {{ {members} }}";

    private static Task Finds(string id, string message, string code, string? place = "IX") => Finding.Is(id, message, code, place);
}

/// <summary>The one finding that a file must have.</summary>
internal static class Finding
{
    public static async Task Is(string id, string message, string code, string? place)
    {
        var compiled = Compiled.From(code);

        var found = Assert.Single(await compiled.Check());

        Assert.Equal(id, found.Id);
        Assert.Contains(message, found.GetMessage(null));
        if (place is not null) Assert.Equal(place, code.Substring(found.Location.SourceSpan.Start, found.Location.SourceSpan.Length));
        if (found.Severity == DiagnosticSeverity.Error && id != "ACTG002") Assert.DoesNotContain(compiled.Files, file => file.EndsWith("XProxy.g.cs", StringComparison.Ordinal) || compiled.File(file).Contains("typeof(global::X)", StringComparison.Ordinal));
    }
}

using System.Reflection;
using System.Text;
using System.Text.Json;
using Actors.Grains.Calls;

namespace Actors.Grains.Generator.Tests;

/// <summary>Interfaces and classes of many shapes compile without a warning, and their calls reach the method.</summary>
public sealed class GenerationTests
{
    [Fact]
    public async Task Inherited_methods_are_called_in_the_interface_that_declares_them()
    {
        var app = Compiled.From("""
            public interface IBase<T> { Task<T> Get(T value); }
            public interface IOther { [ReadOnly, Alias("get-other")] Task<string> Get(); }
            [Grain("x")] public interface IX : IBase<long>, IOther { Task<string> Own(); }
            public class Fake : IX { Task<long> IBase<long>.Get(long value) => Task.FromResult(value + 1); Task<string> IOther.Get() => Task.FromResult("other"); public Task<string> Own() => Task.FromResult("own"); }
            """).Load();

        Assert.Equal(["Own", "Get", "get-other"], Interface(app, "IX").Methods.Select(method => method.Name));
        Assert.Equal(6L, await Call<long>(app, "IX", "Get", "[5]"));
        Assert.Equal("other", await Call<string>(app, "IX", "get-other", "[]"));
        Assert.Equal("own", await Call<string>(app, "IX", "Own", "[]"));
        Assert.True(Interface(app, "IX").Find("get-other")!.IsReadOnly);
    }

    [Fact]
    public async Task A_method_with_a_body_in_the_interface_is_a_grain_method()
    {
        var app = Compiled.From("""
            [Grain("x")] public interface IX { Task<int> Get(); async Task<int> Twice() => 2 * await Get(); }
            public class Fake : IX { public Task<int> Get() => Task.FromResult(4); }
            """).Load();

        Assert.Equal(8, await Call<int>(app, "IX", "Twice", "[]"));
    }

    [Fact]
    public async Task Keywords_are_names()
    {
        var app = Compiled.From("""
            namespace @namespace.@static;
            [Grain("x")] public interface @event { Task<string> @class(string @string, @enum @this = @enum.@new); }
            public enum @enum { @new = -1, @old }
            public class Fake : @event { public Task<string> @class(string @string, @enum @this) => Task.FromResult(@string + @this); }
            """).Load();

        Assert.Equal("anew", await Call<string>(app, "namespace.static.event", "class", "[\"a\"]", "namespace.static.Fake"));
        Assert.Equal("class(string string, enum this = new) -> string", Interface(app, "namespace.static.event").Methods[0].Signature);
    }

    [Fact]
    public async Task A_name_of_a_parameter_may_be_that_of_a_generated_member()
    {
        var app = Compiled.From("""
            [Grain("x")] public interface IX
            {
                Task<string> Call(int call, int AddMethod, int Call, int grain, int writer, int json, int reader, CancellationToken CallCall);
                Task Invoke(int cancel);
                Task Method();
                Task Description(string Description);
                Task<string> ToString();
                Task<bool> Equals(string other);
            }
            public class Fake : IX
            {
                public Task<string> Call(int call, int AddMethod, int Call, int grain, int writer, int json, int reader, CancellationToken CallCall) => Task.FromResult($"{call}{AddMethod}{Call}{grain}{writer}{json}{reader}");
                public Task Invoke(int cancel) => Task.CompletedTask;
                public Task Method() => Task.CompletedTask;
                public Task Description(string Description) => Task.CompletedTask;
                Task<string> IX.ToString() => Task.FromResult("text");
                public Task<bool> Equals(string other) => Task.FromResult(true);
            }
            """).Load();

        Assert.Equal("1234567", await Call<string>(app, "IX", "Call", "[1,2,3,4,5,6,7]"));
        Assert.Equal("text", await Call<string>(app, "IX", "ToString", "[]"));
    }

    [Fact]
    public void Two_interfaces_of_one_name_in_two_namespaces_do_not_meet()
    {
        var app = Compiled.From("""
            namespace A { [Grain("a")] public interface ICart { Task M(); } }
            namespace B { [Grain("b")] public interface ICart { Task M(); } public class Outer { [Grain("c")] internal interface ICart; } [Grain("d")] public interface Cart; }
            """).Load();

        Assert.Equal(["a", "b", "c", "d"], ((string[])["A.ICart", "B.ICart", "B.Outer+ICart", "B.Cart"]).Select(name => Interface(app, name).Kind));
    }

    [Fact]
    public void Marks_of_null_obsolete_types_and_code_without_marks_give_no_warning()
    {
        Compiled.From("""
            using System.Diagnostics.CodeAnalysis;
            [Obsolete] public class Old;
            #pragma warning disable CS0612
            [Grain("x")] public interface IX
            {
                Task<string?>? M([AllowNull] string a, [DisallowNull] string? b, List<string?>? c = null, string d = null!);
                [return: MaybeNull] ValueTask<Old?> N(Old? value = default, KeyValuePair<string, Old?>? pair = null);
            }
            #nullable disable
            [Grain("y")] public interface IY { Task<string> M(string a, List<string> b = null); }
            """).Load();
    }

    [Fact]
    public async Task A_default_of_any_kind_is_taken()
    {
        var app = Compiled.From("""
            using System.Runtime.InteropServices;
            [Flags] public enum Colors : ulong { Red = 1, All = ulong.MaxValue }
            [Grain("x")] public interface IX
            {
                Task<string> M([Optional] int none, Colors colors = Colors.All, Colors other = (Colors)6, decimal? money = 79228162514264337593543950335m, float f = float.NaN, double d = 1e300, double e = -0.0,
                    long l = long.MinValue, uint u = uint.MaxValue, byte b = 255, ushort s = 65535, short t = short.MinValue, int i = int.MinValue, char c = '\u2028', char q = '\'', string text = "\0\u2028\"{}\\", DateTime time = default, int? five = 5);
            }
            public class Fake : IX
            {
                public Task<string> M(int none, Colors colors, Colors other, decimal? money, float f, double d, double e, long l, uint u, byte b, ushort s, short t, int i, char c, char q, string text, DateTime time, int? five) =>
                    Task.FromResult(FormattableString.Invariant($"{colors} {other} {money} {f} {d} {double.IsNegative(e)} {l} {u} {b} {s} {t} {i} {(int)c} {q} {text} {time.Ticks} {none} {five}"));
            }
            """).Load();

        Assert.Equal("All 6 79228162514264337593543950335 NaN 1E+300 True -9223372036854775808 4294967295 255 65535 -32768 -2147483648 8232 ' \0\u2028\"{}\\ 0 0 5", await Call<string>(app, "IX", "M", "[]"));
    }

    [Fact]
    public async Task An_argument_behind_an_array_is_read()
    {
        var app = Compiled.From("""
            [Grain("x")] public interface IX { Task<int> M(int[] first, int second = 5, params int[] third); }
            public class Fake : IX { public Task<int> M(int[] first, int second, params int[] third) => Task.FromResult((first.Length * 100) + (second * 10) + third.Length); }
            """).Load();

        Assert.Equal(172, await Call<int>(app, "IX", "M", "[[1],7,[2,3]]"));
        Assert.Equal(150, await Call<int>(app, "IX", "M", "[[1]]"));
    }

    [Fact]
    public void A_class_may_be_nested_partial_internal_and_its_interface_in_another_assembly()
    {
        var contract = Compiled.From("namespace Contract; [Grain(\"x\")] public interface IX { Task<int> M(int n = 3); }", "Contract");
        var app = Compiled.From("""
            public static partial class Outer
            {
                [StatelessWorker(4)]
                internal partial class Inner : Grain { }
                internal partial class Inner : Contract.IX { public Task<int> M(int n) => Task.FromResult(n); }
            }
            [StatelessWorker]
            public class Other : Outer2.Base;
            public static class Outer2 { public abstract class Base : Grain, Contract.IX { public Task<int> M(int n) => Task.FromResult(n); } }
            """, "App", contract.Reference());

        Assert.Empty(app.Complaints);
        var registration = app.File("Actors.Grains.Generated.Registration_App.g.cs");
        Assert.Single(app.Files);
        Assert.Single(registration.Split('\n'), line => line.Contains("new global::Actors.Grains.Calls.GrainClass(typeof(global::Outer.Inner), typeof(global::Contract.IX), static parts => new global::Outer.Inner()) { StatelessWorkers = 4 });", StringComparison.Ordinal));
        Assert.Contains("typeof(global::Other), typeof(global::Contract.IX), static parts => new global::Other()) { StatelessWorkers = 0 });", registration);
    }

    [Fact]
    public void Two_assemblies_that_see_each_others_internals_do_not_meet()
    {
        const string Grain = "[Grain(\"x\")] public interface IX { Task M(); } internal class X : Grain, IX { public Task M() => Task.CompletedTask; }";
        var first = Compiled.From($"[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"My-App.Two\")] namespace First {{ {Grain} }}", "My-App.One");
        var second = Compiled.From($"namespace Second {{ {Grain} }}", "My-App.Two", first.Reference());

        Assert.Empty(second.Complaints);
        Assert.Contains("Actors.Grains.Generated.Registration_My_App_Two.g.cs", second.Files);
    }

    [Fact]
    public void A_project_without_grains_gets_no_code() => Assert.Empty(Compiled.From("public interface IX { Task M(); } public class X : IX { public Task M() => Task.CompletedTask; }").Files);

    private static GrainInterface Interface(Assembly app, string name) => GrainRegistry.FindInterface(app.GetType(name, throwOnError: true)!)!;

    private static ValueTask<T> Call<T>(Assembly app, string name, string method, string arguments, string grain = "Fake")
    {
        var call = Assert.IsAssignableFrom<GrainCall<T>>(Interface(app, name).Find(method)!.NewCall());
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(arguments));
        Assert.True(reader.Read());
        call.ReadArguments(ref reader, new GrainJson());
        return call.Invoke(Activator.CreateInstance(app.GetType(grain, throwOnError: true)!)!, default);
    }
}

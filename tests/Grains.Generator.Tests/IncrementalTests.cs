using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Actors.Grains.Generator.Tests;

/// <summary>The compiler runs the generator at each key press: only what has changed is written anew.</summary>
public sealed class IncrementalTests
{
    private const string Code = """
        [Grain("x")] public interface IX { Task<int> M(int n); }
        [Grain("y")] public interface IY { Task<int> M(int n); }
        public class X : Grain, IX { public Task<int> M(int n) => Task.FromResult(n); }
        """;

    [Theory]
    [InlineData("public class Unrelated { public int Number => 1; }")]
    [InlineData("public class Unrelated : IDisposable { public void Dispose() { } }")]
    public void A_change_in_another_file_writes_nothing_anew(string file)
    {
        var compiled = Compiled.From(Code);

        var result = Run(compiled, compiled.Source.AddSyntaxTrees(CSharpSyntaxTree.ParseText(file, (CSharpParseOptions)compiled.Source.SyntaxTrees[0].Options)));

        AllOf(result, GrainGenerator.InterfaceStep, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged);
        AllOf(result, GrainGenerator.ClassStep, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged);
        Assert.All(Outputs(result), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void A_change_of_the_code_of_a_method_writes_nothing_anew()
    {
        var result = Edit("Task.FromResult(n)", "Task.FromResult(n + 1)");

        Assert.All(Outputs(result), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void Lines_in_front_of_a_grain_write_nothing_anew()
    {
        var result = Edit("[Grain(\"x\")]", "// A comment.\n\n[Grain(\"x\")]");

        Assert.All(Outputs(result), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void A_change_of_an_interface_writes_its_own_file_anew()
    {
        var result = Edit("interface IY { Task<int> M(int n); }", "interface IY { Task<long> M(int n); }");

        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached], Outputs(result).OrderBy(reason => reason == IncrementalStepRunReason.Cached));
    }

    private static GeneratorRunResult Edit(string before, string after)
    {
        var compiled = Compiled.From(Code);
        var tree = compiled.Source.SyntaxTrees[1];
        var edited = tree.GetText().ToString().Replace(before, after, StringComparison.Ordinal);
        Assert.NotEqual(tree.GetText().ToString(), edited);
        return Run(compiled, compiled.Source.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(edited, (CSharpParseOptions)tree.Options, tree.FilePath)));
    }

    private static GeneratorRunResult Run(Compiled compiled, Compilation changed) => compiled.Driver.RunGenerators(changed).GetRunResult().Results[0];

    private static void AllOf(GeneratorRunResult result, string step, params IncrementalStepRunReason[] expected) =>
        Assert.All(result.TrackedSteps[step].SelectMany(run => run.Outputs), output => Assert.Contains(output.Reason, expected));

    private static IncrementalStepRunReason[] Outputs(GeneratorRunResult result)
    {
        var reasons = result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(run => run.Outputs).Select(output => output.Reason).ToArray();
        Assert.Equal(3, reasons.Length);
        return reasons;
    }
}

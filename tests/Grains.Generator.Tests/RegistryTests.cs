using Actors.Grains.Calls;

namespace Actors.Grains.Generator.Tests;

/// <summary>What generated code tells the registry.</summary>
public sealed class RegistryTests
{
    [Fact]
    public void An_interface_has_its_kind_and_methods_in_the_order_of_the_source()
    {
        var grains = GrainRegistry.FindInterface(typeof(ISample))!;

        Assert.Equal("sample", grains.Kind);
        Assert.Equal(["Nothing", "Sum", "Put", "Get", "describe-all"], grains.Methods.Select(method => method.Name));
        Assert.Equal(["Get"], grains.Methods.Where(method => method.IsReadOnly).Select(method => method.Name));
    }

    [Theory]
    [InlineData("Nothing", "Nothing() -> nothing")]
    [InlineData("Sum", "Sum(long first, int second) -> long")]
    [InlineData("Put", "Put(string[] texts = []) -> nothing")]
    [InlineData("Get", "Get(string? class) -> string?")]
    public void A_signature_is_for_people(string method, string signature) =>
        Assert.Equal(signature, GrainRegistry.FindInterface(typeof(ISample))!.Find(method)!.Signature);

    [Fact]
    public void A_class_has_its_interface_and_says_that_it_has_a_state()
    {
        var grain = GrainRegistry.FindClass(typeof(SampleGrain))!;

        Assert.Equal(typeof(ISample), grain.Interface);
        Assert.True(grain.HasState);
        Assert.False(grain.IsReentrant);
        Assert.Null(grain.StatelessWorkers);
    }
}

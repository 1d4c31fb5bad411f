using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Akka.TestKit;

/// <summary>
/// The packages put Akka.TestKit and Akka.TestKit.Xunit2 in two assemblies, and configurations name types of the first:
/// <c>"Akka.TestKit.TestScheduler, Akka.TestKit"</c>. Here both live in one assembly, which answers to both names.
/// </summary>
internal static class TestKitAssemblyName
{
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "A configuration may name a type of the assembly before any code of it has run.")]
    internal static void Register() => AppDomain.CurrentDomain.AssemblyResolve += Resolve;

    // AssemblyLoadContext.Resolving would be the newer event, but it insists on an assembly of the same name.
    private static Assembly? Resolve(object? sender, ResolveEventArgs args) =>
        new AssemblyName(args.Name).Name == "Akka.TestKit" ? typeof(TestKitAssemblyName).Assembly : null;
}

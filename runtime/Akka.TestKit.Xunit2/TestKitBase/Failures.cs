using System.Diagnostics;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    private static string Hint(string? hint) => string.IsNullOrEmpty(hint) ? "" : " " + hint;

    private static string Describe(object? message) =>
        message is null ? "null" : $"{{{message}}} (type {message.GetType()})";

    /// <summary>Fails through the test framework, so that it knows a failed assertion from an error.</summary>
    /// <returns>Never; the type lets the caller write <c>throw Failure(...)</c>.</returns>
    private Exception Failure(string text)
    {
        _assertions.Fail("{0}", text);
        throw new UnreachableException($"ITestKitAssertions.Fail returned instead of throwing. The failure was: {text}");
    }
}

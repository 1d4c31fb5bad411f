using Xunit.Sdk;

namespace Akka.TestKit.Tests;

/// <summary>The text of an expectation that is expected to fail.</summary>
internal static class FailureOf
{
    public static string This(Action expectation) => Assert.ThrowsAny<XunitException>(expectation).Message;

    public static async Task<string> ThisAsync(Func<Task> expectation) =>
        (await Assert.ThrowsAnyAsync<XunitException>(expectation)).Message;
}

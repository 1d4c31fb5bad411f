using System.Globalization;
using Akka.TestKit.Xunit2.Internals;
using Xunit.Sdk;

namespace Akka.TestKit.Xunit2;

/// <summary>Fails with the exceptions of xunit.</summary>
public class XunitAssertions : ITestKitAssertions
{
    public void Fail(string format = "", params object?[] args) => throw FailException.ForFailure(Text(format, args));

    public void AssertTrue(bool condition, string format = "", params object?[] args)
    {
        if (!condition)
        {
            throw TrueException.ForNonTrueValue(Text(format, args), condition);
        }
    }

    public void AssertFalse(bool condition, string format = "", params object?[] args)
    {
        if (condition)
        {
            throw FalseException.ForNonFalseValue(Text(format, args), condition);
        }
    }

    public void AssertEqual<T>(T expected, T actual, string format = "", params object?[] args)
    {
        if (!new AkkaAssertEqualityComparer<T>().Equals(expected, actual))
        {
            throw AkkaEqualException.ForMismatchedValues(expected, actual, format, args);
        }
    }

    public void AssertEqual<T>(T expected, T actual, Func<T, T, bool> comparer, string format = "", params object?[] args)
    {
        if (!comparer(expected, actual))
        {
            throw AkkaEqualException.ForMismatchedValues(expected, actual, format, args);
        }
    }

    internal static string Text(string format, object?[]? args) =>
        args is null or [] ? format : string.Format(CultureInfo.InvariantCulture, format, args);
}

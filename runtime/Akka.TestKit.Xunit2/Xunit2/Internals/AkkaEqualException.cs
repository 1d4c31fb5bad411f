using Xunit.Sdk;

namespace Akka.TestKit.Xunit2.Internals;

/// <summary>Two values are not equal.</summary>
public class AkkaEqualException : XunitException
{
    public AkkaEqualException(string format = "", params object?[] args)
        : base(XunitAssertions.Text(format, args))
    {
    }

    public static AkkaEqualException ForMismatchedValues(object? expected, object? actual, string? format = null, params object?[] args)
    {
        var values = $"Expected: {expected ?? "(null)"}\nActual:   {actual ?? "(null)"}";
        return new AkkaEqualException(
            "{0}", string.IsNullOrEmpty(format) ? $"Values differ\n{values}" : $"{XunitAssertions.Text(format, args)}\n{values}");
    }
}

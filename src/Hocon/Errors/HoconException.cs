namespace Actors.Hocon;

/// <summary>A value cannot be used as it was asked for.</summary>
public class HoconException : Exception
{
    public HoconException(string message)
        : base(message)
    {
    }

    public HoconException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>The value at a path is missing or has another type than was asked for.</summary>
public class HoconValueException : HoconException
{
    public HoconValueException(string message, string failPath, Exception innerException)
        : base(message, innerException) => FailPath = failPath;

    /// <summary>The path that was asked for.</summary>
    public string FailPath { get; }
}

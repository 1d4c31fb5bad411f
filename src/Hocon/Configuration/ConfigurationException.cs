namespace Actors.Hocon;

/// <summary>A configuration is missing what is needed.</summary>
public class ConfigurationException : Exception
{
    public ConfigurationException(string message)
        : base(message)
    {
    }

    public ConfigurationException(string message, Exception exception)
        : base(message, exception)
    {
    }

    /// <summary>The error of a <typeparamref name="T"/> that cannot be made without the configuration at <paramref name="path"/>.</summary>
    public static ConfigurationException NullOrEmptyConfig<T>(string? path = null) =>
        new(string.IsNullOrWhiteSpace(path)
            ? $"Failed to instantiate {typeof(T).Name}: Configuration is null or empty."
            : $"Failed to instantiate {typeof(T).Name}: Configuration does not contain `{path}` node");
}

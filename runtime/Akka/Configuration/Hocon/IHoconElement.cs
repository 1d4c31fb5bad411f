namespace Akka.Configuration.Hocon;

/// <summary>A part of a value: a literal, array, object or substitution.</summary>
public interface IHoconElement
{
    bool IsString();

    /// <exception cref="ConfigurationException">It is not a string.</exception>
    string? GetString();

    bool IsArray();

    /// <exception cref="ConfigurationException">It is not an array.</exception>
    IList<HoconValue> GetArray();
}

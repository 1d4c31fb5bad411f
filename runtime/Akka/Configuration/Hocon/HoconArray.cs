namespace Akka.Configuration.Hocon;

/// <summary>A list of values.</summary>
public class HoconArray : List<HoconValue>, IHoconElement
{
    public bool IsString() => false;

    public string GetString() => throw new ConfigurationException("Found an array, expected a string.");

    public bool IsArray() => true;

    public IList<HoconValue> GetArray() => this;

    public override string ToString() => $"[{string.Join(", ", this)}]";
}

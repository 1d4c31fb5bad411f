namespace Akka.Configuration.Hocon;

public interface IMightBeAHoconObject
{
    bool IsObject();

    /// <summary>Null when it is not an object.</summary>
    HoconObject? GetObject();
}
